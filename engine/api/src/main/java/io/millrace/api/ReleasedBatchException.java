package io.millrace.api;

/**
 * A batch's records were asked for after the batch had given its memory back: an RDD, an iterator or a view was kept
 * longer than the function it was given to.
 */
public class ReleasedBatchException extends MillraceException {

    private static final long serialVersionUID = 1L;
    private static final long NO_BATCH = -1;

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

    /**
     * Of what belonged to no batch, and ended with the function it was given to.
     *
     * @param what what was used too late, for example {@code the iterator of 'mapPartitions (RDD 3)'}
     */
    public ReleasedBatchException(String what) {
        super(
                what
                        + " was used after the function it was given to had ended; inside the function, copy what is needed later");
        this.batchTimeMs = NO_BATCH;
    }

    /** The time of the batch, milliseconds since the epoch; -1 if it belonged to none. */
    public long batchTimeMs() {
        return batchTimeMs;
    }
}
