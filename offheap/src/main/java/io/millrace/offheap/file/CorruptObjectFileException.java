package io.millrace.offheap.file;

/** An object file is cut, damaged, or made wrongly. Rows that were shown before are as they were written. */
public final class CorruptObjectFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long offset;

    CorruptObjectFileException(String file, long offset, String what, Throwable cause) {
        super("file " + file + " refused at byte " + offset + ": " + what, cause);
        this.offset = offset;
    }

    /**
     * Where the first thing wrong was found.
     *
     * @return bytes from the file's beginning
     */
    public long offset() {
        return offset;
    }
}
