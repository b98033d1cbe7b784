package io.millrace.testkit;

import io.millrace.api.DStream;
import io.millrace.api.InputDStream;
import io.millrace.api.PushInputDStream;
import io.millrace.api.RDD;
import io.millrace.api.StreamingContext;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** The door by which a play's records come in. */
interface InputPort {
    /** The stream they become. */
    DStream<?> stream();

    /** Give the records of one batch; {@code afterEach} is run after each one, where they come one by one. */
    void give(List<?> records, Runnable afterEach);

    /** Records offered one by one. */
    final class Pushed implements InputPort {
        private static final int MAX_OFFERS = 1_000;

        private final StreamingContext context;
        private final PushInputDStream<Object> stream;

        Pushed(StreamingContext context) {
            this.context = context;
            this.stream = context.pushStream(Object.class);
        }

        @Override
        public DStream<?> stream() {
            return stream;
        }

        @Override
        public void give(List<?> records, Runnable afterEach) {
            for (Object record : records) {
                offer(record);
                afterEach.run();
            }
        }

        private void offer(Object record) {
            int offers = 1;
            while (!stream.offer(record)) {
                context.doWork();
                if (++offers > MAX_OFFERS) {
                    throw new AssertionError("a record was refused " + MAX_OFFERS
                            + " times; is the batch larger than millrace.memory.maxBytes allows?");
                }
            }
        }
    }

    /** A dataset per batch. */
    final class Queued implements InputPort {
        private final StreamingContext context;
        private final boolean rowPerSlice;
        private final Queue<RDD<Object>> queue = new ArrayDeque<>();
        private final InputDStream<Object> stream;

        Queued(StreamingContext context, boolean rowPerSlice) {
            this.context = context;
            this.rowPerSlice = rowPerSlice;
            this.stream = context.queueStream(queue);
        }

        @Override
        public DStream<?> stream() {
            return stream;
        }

        @Override
        @SuppressWarnings("unchecked") // a list that is only read
        public void give(List<?> records, Runnable afterEach) {
            int slices = rowPerSlice ? Math.max(1, records.size()) : 1;
            queue.add(context.millraceContext().parallelize((List<Object>) records, slices));
        }
    }
}
