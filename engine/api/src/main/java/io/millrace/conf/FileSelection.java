package io.millrace.conf;

/** Which files of a file stream's directory are new ({@code millrace.streaming.fileStream.selection}). */
public enum FileSelection {
    /** Those that were not seen before, however old they are. */
    IDENTITY,
    /** Spark's rule: those modified within the last minRememberDuration whose path was not read in that time. */
    WINDOW
}
