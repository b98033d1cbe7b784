package io.millrace.scenario;

import io.millrace.api.Durations;
import io.millrace.api.MillraceConf;
import io.millrace.api.PushInputDStream;
import io.millrace.api.StreamingContext;

/** A program whose main method ends while its context runs; {@link ShutdownTest} runs it in a JVM of its own. */
final class ShutdownProgram {
    private ShutdownProgram() {}

    /** One argument: whether the context is to be stopped gracefully when the JVM ends. */
    public static void main(String[] args) {
        MillraceConf conf = new MillraceConf(false)
                .setMaster("local[1]")
                .setAppName("shutdown")
                .set("millrace.streaming.stopGracefullyOnShutdown", args[0]);
        StreamingContext ssc = new StreamingContext(conf, Durations.seconds(3600));
        PushInputDStream<Integer> numbers = ssc.pushStream(Integer.class);
        numbers.foreachRDD(rdd -> System.out.println("processed " + rdd.collect()));
        ssc.start();
        numbers.offer(1);
        numbers.offer(2);
        System.out.println("main ends");
    }
}
