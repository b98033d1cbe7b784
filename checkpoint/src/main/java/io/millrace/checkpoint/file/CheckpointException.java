package io.millrace.checkpoint.file;

import java.io.EOFException;
import java.io.IOException;
import java.util.Locale;

/** Something about a checkpoint directory that stops the work, with the stable code that the documents explain. */
public class CheckpointException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Another context or process has the directory. */
    public static final String LOCKED = "MR-1001";

    /** Another process has taken the directory over. */
    public static final String FENCED = "MR-1002";

    /** Written by a newer release. */
    public static final String NEWER_FORMAT = "MR-1003";

    /** Needs a feature that this release does not have. */
    public static final String UNKNOWN_FEATURE = "MR-1004";

    /** A log of received data is damaged where it was durable. */
    public static final String RECEIVED_LOG_CORRUPT = "MR-1101";

    /** The batch log is damaged where it was durable. */
    public static final String BATCH_LOG_CORRUPT = "MR-1102";

    /** There are manifests, none is whole. */
    public static final String NO_VALID_MANIFEST = "MR-1103";

    /** A state file, a manifest, FORMAT or OWNER is damaged. */
    public static final String STATE_FILE_CORRUPT = "MR-1104";

    /** A file is missing or shorter than it was. */
    public static final String FILE_MISSING = "MR-1105";

    /** A file is of another directory. */
    public static final String FOREIGN_FILE = "MR-1106";

    /** There is little space left: nothing new is taken in. */
    public static final String LOW_SPACE = "MR-1201";

    /** There is no space. */
    public static final String DISK_FULL = "MR-1202";

    /** The system could not read or write. */
    public static final String IO_FAILED = "MR-1203";

    /** Others may change the directory. */
    public static final String INSECURE_DIRECTORY = "MR-1701";

    private final String code;

    /**
     * A refusal.
     *
     * @param code one of the constants
     * @param message what, what is safe, what to do
     */
    public CheckpointException(String code, String message) {
        this(code, message, null);
    }

    /**
     * A refusal with a cause.
     *
     * @param code one of the constants
     * @param message what, what is safe, what to do
     * @param cause or null
     */
    public CheckpointException(String code, String message, Throwable cause) {
        super(code + ": " + message, cause);
        this.code = code;
    }

    /**
     * Name the file in a failure of the system.
     *
     * @param operation such as "write"
     * @param name of the file
     * @param position bytes from its beginning; negative if it does not matter
     * @param failure what the system threw
     * @return a {@link DiskFullException}, if there is no space, quota or file size left; else one with the code MR-1203
     */
    public static CheckpointException ofIo(String operation, String name, long position, IOException failure) {
        if (failure instanceof CheckpointException known) {
            return known;
        }
        String what = operation + " of '" + name + "'" + (position < 0 ? "" : " at offset " + position) + " failed: "
                + (failure instanceof EOFException ? "the file ends before" : describe(failure));
        if (isDiskFull(failure)) {
            return new DiskFullException(what, failure);
        }
        return new CheckpointException(
                IO_FAILED, what + "; what was acknowledged is safe; look after the disk and start again", failure);
    }

    private static String describe(IOException failure) {
        String type = failure.getClass().getSimpleName();
        return type.equals("IOException") ? failure.getMessage() : type + " " + failure.getMessage();
    }

    private static boolean isDiskFull(IOException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left")
                || message.contains("quota exceeded")
                || message.contains("file too large")
                || message.contains("not enough space");
    }

    /**
     * The code.
     *
     * @return such as MR-1101
     */
    public final String code() {
        return code;
    }
}
