package io.millrace.scenario;

import static io.millrace.api.Durations.milliseconds;
import static io.millrace.api.Durations.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.millrace.api.DStream;
import io.millrace.api.HashPartitioner;
import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceException;
import io.millrace.api.PushInputDStream;
import io.millrace.api.RDD;
import io.millrace.api.StorageLevel;
import io.millrace.api.StreamingContext;
import io.millrace.api.Time;
import io.millrace.api.Tuple2;
import io.millrace.api.listener.StreamInputInfo;
import io.millrace.api.receiver.Receiver;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The error conditions of behaviour spec 2.2, by their numbers, as far as a program without state, windows and checkpoints can
 * meet them: each is refused with its kind of exception and words that name thing, value and way out. E25, E28, E33 and E34 have
 * tests of their own where they belong.
 */
class ErrorConditionsTest {
    /** What a program does wrong, to a context of its own. */
    @FunctionalInterface
    private interface Mistake {
        void make(StreamingContext ssc) throws Exception;
    }

    private record Condition(String number, Class<? extends Throwable> refusal, List<String> words, Mistake mistake) {
        @Override
        public String toString() {
            return number;
        }
    }

    private static Condition condition(
            String number, Class<? extends Throwable> refusal, Mistake mistake, String... words) {
        return new Condition(number, refusal, List.of(words), mistake);
    }

    private static PushInputDStream<Integer> defined(StreamingContext ssc) {
        PushInputDStream<Integer> numbers = ssc.pushStream(Integer.class);
        numbers.foreachRDD(rdd -> {});
        return numbers;
    }

    private static PushInputDStream<Integer> started(StreamingContext ssc) {
        PushInputDStream<Integer> numbers = defined(ssc);
        ssc.start();
        return numbers;
    }

    private static PushInputDStream<Integer> stopped(StreamingContext ssc) {
        PushInputDStream<Integer> numbers = started(ssc);
        ssc.stop();
        return numbers;
    }

    private static StreamingContext context() {
        return new StreamingContext(conf(), milliseconds(10));
    }

    private static MillraceConf conf() {
        return new MillraceConf(false).setMaster("local[1]").setAppName("mistakes");
    }

    static Stream<Condition> conditions() {
        return Stream.of(
                condition(
                        "E1 no output",
                        IllegalArgumentException.class,
                        ssc -> {
                            ssc.pushStream(Integer.class);
                            ssc.start();
                        },
                        "No output operations registered, so nothing to execute",
                        "print()"),
                condition(
                        "E2 input after start",
                        IllegalStateException.class,
                        ssc -> {
                            started(ssc);
                            ssc.pushStream(Integer.class);
                        },
                        "input, transformation or output",
                        "after start"),
                condition(
                        "E2 transformation after start",
                        IllegalStateException.class,
                        ssc -> started(ssc).map(x -> x),
                        "after start"),
                condition(
                        "E2 output after start",
                        IllegalStateException.class,
                        ssc -> started(ssc).print(),
                        "after start"),
                condition(
                        "E3 output after stop",
                        IllegalStateException.class,
                        ssc -> stopped(ssc).print(),
                        "after stop"),
                condition(
                        "E4 start after stop",
                        IllegalStateException.class,
                        ssc -> {
                            stopped(ssc);
                            ssc.start();
                        },
                        "already been stopped",
                        "new one"),
                condition(
                        "E5 second active context",
                        IllegalStateException.class,
                        ssc -> {
                            started(ssc);
                            try (StreamingContext second = context()) {
                                started(second);
                            }
                        },
                        "Only one StreamingContext may be started per JVM",
                        "ErrorConditionsTest.java:",
                        "millrace.streaming.allowMultipleContexts"),
                condition(
                        "E17 persist after start",
                        UnsupportedOperationException.class,
                        ssc -> started(ssc).persist(StorageLevel.MEMORY_ONLY),
                        "storage level",
                        "before start()"),
                condition(
                        "E18 remember twice",
                        IllegalArgumentException.class,
                        ssc -> {
                            ssc.remember(seconds(3));
                            ssc.remember(seconds(4));
                        },
                        "already set",
                        "3000 ms"),
                condition(
                        "E19 no batch interval",
                        IllegalArgumentException.class,
                        ssc -> new StreamingContext(conf(), null),
                        "cannot be null",
                        "Durations.seconds(1)"),
                condition(
                        "E20 no checkpoint",
                        IllegalArgumentException.class,
                        ssc -> new StreamingContext("no such directory"),
                        "no such directory",
                        "getOrCreate"),
                condition(
                        "E23 union of nothing",
                        IllegalArgumentException.class,
                        ErrorConditionsTest::unionOfNothing,
                        "union of no streams"),
                condition(
                        "E24 streams of two contexts",
                        IllegalArgumentException.class,
                        ssc -> {
                            try (StreamingContext other = context()) {
                                ssc.pushStream(Integer.class).union(other.pushStream(Integer.class));
                            }
                        },
                        "union",
                        "different contexts"),
                condition(
                        "E26 transform to null",
                        MillraceException.class,
                        ssc -> {
                            ssc.pushStream(Integer.class)
                                    .transform((RDD<Integer> rdd) -> (RDD<Integer>) null)
                                    .print();
                            ssc.start();
                            ssc.awaitTermination();
                        },
                        "transform",
                        "must not return null",
                        "emptyRDD()"),
                condition(
                        "E27 slice before start",
                        MillraceException.class,
                        ssc -> defined(ssc).slice(new Time(0), new Time(1)),
                        "has not been initialized",
                        "start()"),
                condition(
                        "E27 compute before start",
                        MillraceException.class,
                        ssc -> defined(ssc).compute(new Time(0)),
                        "has not been initialized"),
                condition(
                        "E29 log without checkpoint directory",
                        MillraceException.class,
                        ssc -> {
                            MillraceConf logged = conf().set("spark.streaming.receiver.writeAheadLog.enable", "true");
                            try (StreamingContext other = new StreamingContext(logged, milliseconds(10))) {
                                started(other);
                            }
                        },
                        "write-ahead log",
                        "without a checkpoint directory",
                        "checkpoint(directory)"),
                condition(
                        "E30 no block interval",
                        IllegalArgumentException.class,
                        ssc -> conf().set("spark.streaming.blockInterval", "0ms"),
                        "millrace.streaming.blockInterval",
                        "'0ms'",
                        "200ms"),
                condition(
                        "E31 store after stop",
                        MillraceException.class,
                        ssc -> {
                            Idle receiver = new Idle();
                            ssc.receiverStream(receiver).print();
                            ssc.start();
                            ssc.stop();
                            receiver.store(1);
                        },
                        "stopped"),
                condition("E32 store before onStart", AssertionError.class, ssc -> new Idle().store(1), "onStart()"),
                condition(
                        "E37 negative number of records",
                        IllegalArgumentException.class,
                        ssc -> new StreamInputInfo(0, -1),
                        "-1",
                        "must not be negative"),
                condition(
                        "E39 no partitions",
                        IllegalArgumentException.class,
                        ssc -> ssc.pushStream(Integer.class)
                                .mapToPair(x -> new Tuple2<>(x, x))
                                .reduceByKey((a, b) -> a, -1),
                        "reduceByKey",
                        "-1 partitions"),
                condition(
                        "E39 repartition to nothing",
                        IllegalArgumentException.class,
                        ssc -> ssc.pushStream(Integer.class).repartition(0),
                        "0 partitions"),
                condition(
                        "E39 partitioner of nothing",
                        IllegalArgumentException.class,
                        ssc -> new HashPartitioner(0),
                        "0 partitions"));
    }

    @SuppressWarnings("unchecked") // an array of no streams is one of any kind
    private static void unionOfNothing(StreamingContext ssc) {
        ssc.union((DStream<Integer>[]) new DStream<?>[0]);
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void eachMistakeIsRefusedInWordsThatHelp(Condition condition) {
        Throwable refused = refusalOf(condition.mistake());
        assertEquals(condition.refusal(), refused.getClass(), () -> "was " + refused);
        for (String word : condition.words()) {
            assertTrue(refused.getMessage().contains(word), () -> "'" + word + "' in: " + refused.getMessage());
        }
    }

    private static Throwable refusalOf(Mistake mistake) {
        try (StreamingContext ssc = context()) {
            mistake.make(ssc);
        } catch (Throwable refused) {
            return refused;
        }
        return fail("the mistake was not refused");
    }

    private static final class Idle extends Receiver<Integer> {
        private static final long serialVersionUID = 1L;

        Idle() {
            super(StorageLevel.MEMORY_ONLY);
        }

        @Override
        public void onStart() {}

        @Override
        public void onStop() {}
    }
}
