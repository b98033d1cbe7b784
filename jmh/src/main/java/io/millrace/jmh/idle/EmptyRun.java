package io.millrace.jmh.idle;

import io.millrace.api.Durations;
import io.millrace.api.MillraceConf;
import io.millrace.api.PushInputDStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.Time;
import io.millrace.api.function.VoidFunction;
import java.util.Map;

/** A program whose one input stays empty: it counts nothing, every batch. */
final class EmptyRun {
    private final StreamingContext context;

    /** Starts it. {@code batch} is called at the begin of each batch's output, on the job thread. */
    EmptyRun(long batchMs, Map<String, String> settings, VoidFunction<Time> batch) {
        MillraceConf conf = new MillraceConf().setMaster("local[2]").setAppName("idle");
        settings.forEach(conf::set);
        context = new StreamingContext(conf, Durations.milliseconds(batchMs));
        PushInputDStream<String> records = context.pushStream(String.class);
        records.count().foreachRDD((count, time) -> {
            batch.call(time);
            count.collect();
        });
        context.start();
    }

    /** Ends it at once. */
    void stop() {
        context.stop(true, false);
    }
}
