package io.millrace.offheap.block;

/** Bytes that should be a block are not: cut, damaged, or made wrongly. Nothing was taken from them. */
public final class CorruptBlockException extends RuntimeException {

    private final long offset;

    CorruptBlockException(long offset, String what) {
        super("block bytes refused at byte " + offset + ": " + what);
        this.offset = offset;
    }

    /**
     * Where the first thing wrong was found.
     *
     * @return bytes from the block's beginning
     */
    public long offset() {
        return offset;
    }
}
