package io.millrace.api;

/**
 * A batch's records were asked for after the batch had given its memory back: an RDD, an iterator or a view was kept
 * longer than the function it was given to.
 */
public class ReleasedBatchException extends MillraceException {

    private static final long serialVersionUID = 1L;

    private final long batchTimeMs;

    /**
     * @param what what was used too late, for example {@code RDD 'counts'}
     * @param batchTimeMs the time of the batch it belonged to
     */
    public ReleasedBatchException(String what, long batchTimeMs) {
        super(what + " of batch " + batchTimeMs
                + " ms was used after the batch gave its memory back; inside the function, copy"
                + " what is needed later (collect()), or let the context keep batches longer (remember(duration))");
        this.batchTimeMs = batchTimeMs;
    }

    /** The time of the batch, milliseconds since the epoch. */
    public long batchTimeMs() {
        return batchTimeMs;
    }
}
