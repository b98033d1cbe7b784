package io.millrace.engine.function;

import io.millrace.api.DeadLetter;
import io.millrace.api.DeadLetterConsumer;
import io.millrace.api.Time;
import io.millrace.plan.OperatorId;
import java.util.concurrent.atomic.LongAdder;

/**
 * The records of one run that were left out because a function threw on them: counted, and given to the program's dead-letter
 * consumer. Safe from several threads.
 */
public final class SkippedRecords {
    private static final System.Logger LOG = System.getLogger(SkippedRecords.class.getName());

    private final DeadLetterConsumer consumer;
    private final LongAdder total = new LongAdder();

    /** @param consumer null if nobody wants the records */
    public SkippedRecords(DeadLetterConsumer consumer) {
        this.consumer = consumer;
    }

    /** How many were left out so far. */
    public long total() {
        return total.sum();
    }

    void skip(OperatorId operator, long batchTimeMs, int partition, Object record, Throwable cause) {
        total.increment();
        if (consumer == null) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    () -> "'" + operator + "' left a record out of batch " + batchTimeMs + " ms, partition " + partition
                            + ": " + Texts.messageOf(cause));
            return;
        }
        try {
            consumer.accept(new DeadLetter(operator.text(), new Time(batchTimeMs), partition, record, cause));
        } catch (Throwable thrown) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the dead-letter consumer failed on a record that '" + operator + "' left out of batch "
                            + batchTimeMs + " ms: " + Texts.messageOf(thrown),
                    thrown);
        }
    }
}
