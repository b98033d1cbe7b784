package io.millrace.engine.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.Durations;
import io.millrace.api.MillraceConf;
import io.millrace.api.PushInputDStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Text;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WordCountRunTest {
    @Test
    void wordsAreCountedByLambdasAndByRecognisedFunctionsAlike() throws Exception {
        for (String master : new String[] {"local[0]", "local[1]", "local[2]"}) {
            MillraceConf conf = new MillraceConf().setMaster(master).setAppName("first");
            StreamingContext ssc = new StreamingContext(conf, Durations.milliseconds(20));
            PushInputDStream<String> lines = ssc.pushStream(String.class);
            Map<String, Integer> plain = new ConcurrentSkipListMap<>();
            AtomicLong received = new AtomicLong();
            Map<String, Integer> recognised = new ConcurrentSkipListMap<>();
            lines.flatMap(x -> Arrays.asList(x.split(" ")).iterator())
                    .mapToPair(s -> new Tuple2<>(s, 1))
                    .reduceByKey((a, b) -> a + b)
                    .foreachRecord((t, time) -> plain.merge(t._1, t._2, Integer::sum));
            lines.flatMap(Text.split(' '))
                    .mapToPair(Text.pairWith(1))
                    .reduceByKey(Reducers.sumInt())
                    .foreachRecord((t, time) -> recognised.merge(t._1, t._2, Integer::sum));
            lines.count().foreachRecord((count, time) -> received.addAndGet(count));
            ssc.start();
            for (int i = 0; i < 20_000; i++) {
                while (!lines.offer("to be or not to be " + i % 100)) {
                    if (master.equals("local[0]")) {
                        ssc.doWork();
                    }
                }
            }
            lines.complete();
            ssc.awaitTermination();
            ssc.stop();
            assertEquals(20_000, received.get());
            assertEquals(40_000, plain.get("to"));
            assertEquals(plain, recognised);
            assertEquals(104, plain.size());
        }
    }
}
