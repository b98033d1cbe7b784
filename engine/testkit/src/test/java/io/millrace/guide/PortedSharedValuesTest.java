package io.millrace.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.*;
import io.millrace.scenario.Rig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Spark's guide, "Accumulators, Broadcast Variables, and Checkpoints": singletons that are made when they are first needed. */
class PortedSharedValuesTest {
    private static final class WordBlacklist {
        private static volatile Broadcast<List<String>> instance = null;

        static Broadcast<List<String>> getInstance(MillraceContext jsc) {
            if (instance == null) {
                synchronized (WordBlacklist.class) {
                    if (instance == null) {
                        List<String> wordBlacklist = Arrays.asList("a", "b", "c");
                        instance = jsc.broadcast(wordBlacklist);
                    }
                }
            }
            return instance;
        }
    }

    private static final class DroppedWordsCounter {
        private static volatile LongAccumulator instance = null;

        static LongAccumulator getInstance(MillraceContext jsc) {
            if (instance == null) {
                synchronized (DroppedWordsCounter.class) {
                    if (instance == null) {
                        instance = jsc.sc().longAccumulator("WordsInBlacklistCounter");
                    }
                }
            }
            return instance;
        }
    }

    @Test
    void wordsOfTheListAreDroppedAndCounted() {
        List<String> outputs = new ArrayList<>();
        try (Rig rig = new Rig(Durations.seconds(1))) {
            PushInputDStream<String> words = rig.ssc.pushStream(String.class);
            PairDStream<String, Integer> wordCounts =
                    words.mapToPair(s -> new Tuple2<>(s, 1)).reduceByKey((i1, i2) -> i1 + i2);

            wordCounts.foreachRDD((rdd, time) -> {
                Broadcast<List<String>> blacklist = WordBlacklist.getInstance(new MillraceContext(rdd.context()));
                LongAccumulator droppedWordsCounter =
                        DroppedWordsCounter.getInstance(new MillraceContext(rdd.context()));
                String counts = rdd.filter(wordCount -> {
                            if (blacklist.value().contains(wordCount._1())) {
                                droppedWordsCounter.add(wordCount._2());
                                return false;
                            } else {
                                return true;
                            }
                        })
                        .collect()
                        .toString();
                outputs.add("Counts at time " + time + " " + counts);
            });

            rig.ssc.start();
            List.of("a", "mill", "b", "a").forEach(words::offer);
            rig.toBatch(1);
            List.of("c", "mill", "mill").forEach(words::offer);
            rig.toBatch(2);
        }
        assertEquals(List.of("Counts at time 1000 ms [(mill,1)]", "Counts at time 2000 ms [(mill,2)]"), outputs);
        assertEquals(4, DroppedWordsCounter.instance.value());
        assertEquals(
                "WordsInBlacklistCounter", DroppedWordsCounter.instance.name().orElseThrow());
    }
}
