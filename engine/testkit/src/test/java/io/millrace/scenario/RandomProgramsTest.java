package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.DStream;
import io.millrace.api.DStreamLike;
import io.millrace.api.PushInputDStream;
import io.millrace.api.RDD;
import io.millrace.api.RDDActions;
import io.millrace.api.Time;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random programs over random texts give what plain loops over lists give: on byte lanes and on object lanes, pushed and queued,
 * with one worker, with two and with none. A failure prints its seed; {@code scripts/random-programs} runs that one alone, or
 * many more of them, which takes its time.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class RandomProgramsTest {
    private static final int CHAINS = Integer.getInteger("millrace.test.chains", 300);
    private static final long FIRST_SEED = Long.getLong("millrace.test.seed", 0x5EED_0000L);
    private static final int PROGRAMS = 4;
    private static final int BATCHES = 4;

    @ParameterizedTest
    @ValueSource(strings = {"specialised", "generic"})
    void textPushedAsBytesAndStringsGivesWhatPlainLoopsGive(String lanes) throws Exception {
        for (long seed : seeds()) {
            play(seed, lanes, true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"specialised", "generic"})
    void textFromAQueueGivesWhatPlainLoopsGive(String lanes) throws Exception {
        for (long seed : seeds()) {
            play(seed, lanes, false);
        }
    }

    @Test
    void theSameSeedGivesTheSameProgram() {
        assertEquals(
                new RandomProgram(new SplittableRandom(7)).toString(),
                new RandomProgram(new SplittableRandom(7)).toString());
    }

    private static long[] seeds() {
        return LongStream.range(0, (CHAINS + PROGRAMS - 1) / PROGRAMS)
                .map(i -> FIRST_SEED + i)
                .toArray();
    }

    /** Some programs side by side over the same few batches. */
    private static void play(long seed, String lanes, boolean pushed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<RandomProgram> programs = new ArrayList<>();
        for (int i = 0; i < PROGRAMS; i++) {
            programs.add(new RandomProgram(random));
        }
        List<List<Object>> batches = new ArrayList<>();
        RandomText texts = new RandomText(random);
        for (int i = 0; i < BATCHES; i++) {
            batches.add(texts.batch());
        }
        int workers = workers(seed, lanes, pushed);
        int partitions = 1 + random.nextInt(4);
        boolean isStarved = random.nextInt(4) == 0;
        int inlineRows = random.nextInt(3) * 20;
        String played = "seed " + seed + (isStarved ? ", starved" : "") + ", " + lanes + " lanes, "
                + (pushed ? "pushed" : "queued") + ", " + workers + " workers, " + partitions + " partitions, "
                + inlineRows + " inline rows";
        Map<String, Object> results = new HashMap<>();
        try (Rig rig = new Rig(
                seconds(1),
                conf -> conf.setMaster("local[" + workers + "]")
                        .set("millrace.lanes", lanes)
                        .set("millrace.inlineRows", String.valueOf(inlineRows))
                        .set("millrace.slabBytes", "4k")
                        .set("millrace.memory.maxBytes", "64m")
                        .set("millrace.streaming.blockInterval", "1ms")
                        .set("millrace.default.parallelism", String.valueOf(partitions)))) {
            Queue<RDD<String>> queue = new ArrayDeque<>();
            PushInputDStream<String> push = pushed ? rig.ssc.pushStream(String.class) : null;
            DStream<String> input = pushed ? push : rig.ssc.queueStream(queue);
            for (RandomProgram program : programs) {
                look(program.on(input), results, programs.indexOf(program));
            }
            rig.ssc.start();
            for (int batch = 1; batch <= BATCHES; batch++) {
                List<Object> lines = batches.get(batch - 1);
                if (pushed) {
                    push(rig, push, lines, random);
                } else {
                    queue.add(rig.context.parallelize(
                            lines.stream().map(RandomText::recordOf).toList(), partitions));
                }
                try (Hog hog = new Hog()) {
                    if (isStarved) {
                        hog.takeAllBut(random.nextInt(8_192), rig.backend.ledger());
                    }
                    rig.toBatch(batch);
                }
            }
        } catch (Throwable failed) {
            throw new AssertionError(played + "; programs: " + programs, failed);
        }
        for (RandomProgram program : programs) {
            for (int batch = 1; batch <= BATCHES; batch++) {
                List<Object> records = new ArrayList<>();
                batches.get(batch - 1).forEach(line -> records.add(RandomText.recordOf(line)));
                Object seen = results.get(programs.indexOf(program) + " at " + batch * 1000);
                check(program, program.on(records), seen, played + ", batch " + batch);
            }
        }
    }

    /** Of the four ways to play a seed two have one worker and two have two; of every fifth seed one has none. */
    private static int workers(long seed, String lanes, boolean pushed) {
        int way = (lanes.equals("generic") ? 1 : 0) + (pushed ? 2 : 0);
        if (seed % 5 == 0 && seed / 5 % 4 == way) {
            return 0;
        }
        return 1 + Math.floorMod(Long.bitCount(way) + seed, 2);
    }

    private static void push(Rig rig, PushInputDStream<String> push, List<Object> lines, SplittableRandom random) {
        int blocks = random.nextInt(4);
        for (Object line : lines) {
            while (!offer(push, line)) {
                rig.work();
            }
            if (blocks > 0 && random.nextInt(1 + lines.size() / blocks) == 0) {
                rig.clock.advanceMs(1);
                rig.work();
            }
        }
    }

    private static boolean offer(PushInputDStream<String> push, Object line) {
        return line instanceof byte[] bytes ? push.offerUtf8(bytes, 0, bytes.length) : push.offer((String) line);
    }

    private static void look(DStreamLike<?, ?, ?> stream, Map<String, Object> results, int program) {
        stream.foreachRDD(
                (rdd, time) -> results.put(program + " at " + time.milliseconds(), seen((RDDActions<?>) rdd, time)));
    }

    /** The records, or what was thrown; every way of looking at them sees the same. */
    private static Object seen(RDDActions<?> rdd, Time time) {
        try {
            List<?> collected = rdd.collect();
            assertEquals(collected.size(), rdd.count(), "count() and collect() at " + time);
            assertEquals(collected.isEmpty(), rdd.isEmpty(), "isEmpty() and collect() at " + time);
            int some = Math.min(3, collected.size());
            assertEquals(collected.subList(0, some), rdd.take(3), "take(3) and collect() at " + time);
            return collected;
        } catch (Throwable thrown) {
            return thrown;
        }
    }

    private static void check(RandomProgram program, List<Object> expected, Object seen, String played) {
        if (!(seen instanceof List<?> given)) {
            throw new AssertionError(played + ": " + program + " gave " + seen, seen instanceof Throwable t ? t : null);
        }
        boolean same =
                program.inOrder() ? expected.equals(given) : counted(expected).equals(counted(given));
        if (!same) {
            Map<Object, Integer> missing = counted(expected);
            given.forEach(record -> missing.merge(record, -1, Integer::sum));
            missing.values().removeIf(times -> times == 0);
            throw new AssertionError(played + ": " + program + " gave " + given.size() + " records instead of "
                    + expected.size() + (program.inOrder() ? ", or another order" : "") + "; difference: "
                    + shortened(missing));
        }
    }

    private static Map<Object, Integer> counted(List<?> records) {
        Map<Object, Integer> counts = new HashMap<>();
        records.forEach(record -> counts.merge(record, 1, Integer::sum));
        return counts;
    }

    private static String shortened(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 1000 ? text : text.substring(0, 1000) + "…";
    }
}
