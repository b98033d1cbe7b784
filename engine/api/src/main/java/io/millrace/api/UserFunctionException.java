package io.millrace.api;

/** A function of the program threw. Says where and on which record, with long texts cut; the cause is what was thrown. */
public class UserFunctionException extends MillraceException {

    private static final long serialVersionUID = 1L;

    /** How much of a record's text is kept, in characters. */
    private static final int MAX_RECORD_CHARS = 200;

    /** How much of the cause's text the message repeats, in characters. */
    private static final int MAX_CAUSE_CHARS = 1_000;

    /** The partition of a function that works on a whole batch. */
    public static final int NO_PARTITION = -1;

    private final String operator;
    private final long batchTimeMs;
    private final int partition;
    private final String record;

    /**
     * @param operator the operator's name, for example {@code flatMap} or {@code counts}
     * @param batchTimeMs the time of the batch; negative if the record belongs to none
     * @param partition the partition the record was in
     * @param record the record it happened on, kept as shortened text only; may be null, and its {@code toString} may
     *     throw
     * @param cause what the function threw
     */
    public UserFunctionException(String operator, long batchTimeMs, int partition, Object record, Throwable cause) {
        this(operator, batchTimeMs, partition, shortened(record), cause);
    }

    /**
     * A function that works on a whole batch, such as the body of an output: there is no partition and no record to name.
     *
     * @param operator the operator's name, for example {@code foreachRDD-1}
     * @param batchTimeMs the time of the batch
     * @param cause what the function threw
     */
    public UserFunctionException(String operator, long batchTimeMs, Throwable cause) {
        super("the function of " + operator + " failed in batch " + batchTimeMs + " ms: " + describe(cause), cause);
        this.operator = operator;
        this.batchTimeMs = batchTimeMs;
        this.partition = NO_PARTITION;
        this.record = null;
    }

    private UserFunctionException(String operator, long batchTimeMs, int partition, String record, Throwable cause) {
        super(
                "the function of " + operator + " failed in "
                        + (batchTimeMs < 0 ? "" : "batch " + batchTimeMs + " ms, ") + "partition " + partition
                        + ", on record " + record + ": " + describe(cause),
                cause);
        this.operator = operator;
        this.batchTimeMs = batchTimeMs;
        this.partition = partition;
        this.record = record;
    }

    /** The name of the operator whose function threw. */
    public String operator() {
        return operator;
    }

    /** The time of the batch, milliseconds since the epoch; negative if the dataset belongs to none. */
    public long batchTimeMs() {
        return batchTimeMs;
    }

    /** The number of the partition, from 0; {@link #NO_PARTITION} of a function that works on a whole batch. */
    public int partition() {
        return partition;
    }

    /** The record as text, cut after some 200 characters; null of a function that works on a whole batch. */
    public String record() {
        return record;
    }

    /** The cause's own text, which may repeat a long record; an exception of the program's may throw when it is asked. */
    private static String describe(Throwable cause) {
        try {
            return shortened(String.valueOf(cause), MAX_CAUSE_CHARS);
        } catch (RuntimeException | StackOverflowError broken) {
            return cause.getClass().getName();
        }
    }

    private static String shortened(Object record) {
        String text;
        try {
            text = String.valueOf(record);
        } catch (RuntimeException | StackOverflowError broken) {
            return "of " + record.getClass().getName() + " (its toString threw "
                    + broken.getClass().getName() + ")";
        }
        return shortened(text, MAX_RECORD_CHARS);
    }

    private static String shortened(String text, int maxChars) {
        if (text == null) {
            return "null"; // a toString that gives null
        }
        return text.length() <= maxChars ? text : text.substring(0, maxChars) + "… (" + text.length() + " characters)";
    }
}
