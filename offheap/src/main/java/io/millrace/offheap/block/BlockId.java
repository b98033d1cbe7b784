package io.millrace.offheap.block;

/**
 * The name of a block.
 *
 * @param streamId the input stream it came by, from 0
 * @param sequence its number in that stream, growing
 */
public record BlockId(int streamId, long sequence) {

    /** As Spark prints it: {@code input-<streamId>-<sequence>}. */
    @Override
    public String toString() {
        return "input-" + streamId + "-" + sequence;
    }
}
