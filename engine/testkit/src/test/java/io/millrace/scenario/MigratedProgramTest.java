package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.MillraceConf;
import io.millrace.api.PlanException;
import io.millrace.api.PushInputDStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.function.Function2;
import io.millrace.api.function.Reducers;
import io.millrace.api.listener.StreamingListener;
import io.millrace.api.listener.StreamingListenerStateRestoring;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import io.millrace.testkit.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A program that goes on with the checkpoint of an earlier form of itself (guide, "Upgrading Application Code"). */
class MigratedProgramTest {
    private final SimulatedFileStore disk = new SimulatedFileStore();
    private final ManualClock clock = new ManualClock();
    private final List<String> seen = new ArrayList<>();
    private final List<StreamingListenerStateRestoring> restoring = new ArrayList<>();
    private Consumer<StreamingContext> says = context -> {};
    private Consumer<MillraceConf> sets = conf -> {};
    private int batch;

    record Count(int n) {}

    record Tally(int n) {}

    record Total(long n, String since) {}

    record Word(String text) {}

    record Term(String text) {}

    /** One process: a batch with these words, and a graceful stop or none. */
    private void live(Function<DStream<String>, DStream<?>> program, boolean isGraceful, String... words) {
        try (Rig rig = new Rig(
                seconds(1),
                conf -> {
                    StatePlace.MEMORY.in(conf).set("millrace.checkpoint.reserveBytes", "0");
                    sets.accept(conf);
                    return conf;
                },
                clock,
                directory -> disk)) {
            List<PushInputDStream<String>> inputs = new ArrayList<>();
            StreamingContext context = StreamingContext.getOrCreate("checkpoint-of-this-test", () -> {
                rig.ssc.checkpoint("checkpoint-of-this-test");
                inputs.add(rig.ssc.pushStream(String.class));
                program.apply(inputs.get(0)).foreachRDD(rdd -> {
                    List<String> texts = new ArrayList<>();
                    rdd.collect().forEach(value -> texts.add(String.valueOf(value)));
                    texts.sort(null);
                    seen.add(String.join(" ", texts));
                });
                return rig.ssc;
            });
            says.accept(context);
            context.addStreamingListener(new StreamingListener() {
                @Override
                public void onStateRestoring(StreamingListenerStateRestoring event) {
                    restoring.add(event);
                }
            });
            context.start();
            rig.work();
            for (String word : words) {
                assertTrue(inputs.get(0).offer(word));
            }
            rig.toBatch(++batch);
            if (isGraceful) {
                context.stop(true, true);
            }
        }
    }

    private void live(Function<DStream<String>, DStream<?>> program, String... words) {
        live(program, true, words);
    }

    private String refusalOf(Function<DStream<String>, DStream<?>> program) {
        return assertThrows(RuntimeException.class, () -> live(program)).getMessage();
    }

    /** Counts in objects of a class of the program's. */
    private static <C> Function<DStream<String>, DStream<?>> counting(
            Function<Integer, C> make, Function<C, Integer> read) {
        Function2<List<Integer>, Optional<C>, Optional<C>> more =
                (ones, before) -> Optional.of(make.apply(before.map(read).orElse(0) + ones.size()));
        return words -> words.mapToPair(word -> pair(word, 1))
                .updateStateByKey(more)
                .named("counts")
                .toJavaDStream();
    }

    private static DStream<?> summed(DStream<String> words) {
        return words.mapToPair(word -> pair(word, 1))
                .updateStateByKey(Reducers.running(Reducers.sumInt()))
                .named("counts")
                .toJavaDStream();
    }

    private static Consumer<MillraceConf> registering(Class<?>... classes) {
        return conf -> conf.registerKryoClasses(classes);
    }

    @Test
    void aRenamedClassOfValuesIsReadUnderTheNameItHad() {
        sets = registering(Count.class);
        live(counting(Count::new, Count::n), "a", "b", "a");
        sets = conf -> conf.registerFormerName(Count.class.getName(), Tally.class);
        live(counting(Tally::new, Tally::n), "a");
        sets = registering(Tally.class); // all of it was written anew
        live(counting(Tally::new, Tally::n), "b");
        assertEquals(
                List.of(
                        "(a,Count[n=2]) (b,Count[n=1])",
                        "(a,Tally[n=3]) (b,Tally[n=1])",
                        "(a,Tally[n=3]) (b,Tally[n=2])"),
                seen);
    }

    @Test
    void aRenamedClassOfKeysIsReadUnderTheNameItHad() {
        sets = registering(Word.class);
        live(
                words -> words.mapToPair(word -> pair(new Word(word), 1))
                        .updateStateByKey(Reducers.running(Reducers.sumInt()))
                        .named("counts")
                        .toJavaDStream(),
                "a",
                "b",
                "a");
        sets = conf -> conf.registerFormerName(Word.class.getName(), Term.class);
        live(
                words -> words.mapToPair(word -> pair(new Term(word), 1))
                        .updateStateByKey(Reducers.running(Reducers.sumInt()))
                        .named("counts")
                        .toJavaDStream(),
                "a");
        assertEquals("(Term[text=a],3) (Term[text=b],1)", seen.get(1));
    }

    @Test
    void aClassThatIsNoLongerRegisteredIsRefusedWithTheCallForARenamedOne() {
        sets = registering(Count.class);
        live(counting(Count::new, Count::n), "a");
        sets = registering(Tally.class);
        String refusal = refusalOf(counting(Tally::new, Tally::n));
        assertTrue(refusal.startsWith("MR-1402: the state of 'counts' cannot be read: "), refusal);
        assertTrue(
                refusal.contains("conf.registerFormerName(\"" + Count.class.getName() + "\", ItsNewName.class)"),
                refusal);
    }

    @Test
    void valuesOfAnotherClassAreMadeOfThoseThatWereKept() {
        for (boolean isGraceful : new boolean[] {true, false}) {
            MigratedProgramTest other = new MigratedProgramTest();
            other.migrate(isGraceful);
            assertEquals(
                    List.of(
                            "(a,Count[n=2]) (b,Count[n=1])",
                            "(a,Total[n=3, since=before]) (b,Total[n=1, since=before])",
                            "(a,Total[n=3, since=before]) (b,Total[n=2, since=before])"),
                    other.seen);
        }
    }

    private void migrate(boolean isGraceful) {
        Function2<List<Integer>, Optional<Total>, Optional<Total>> more = (ones, before) -> Optional.of(new Total(
                before.map(Total::n).orElse(0L) + ones.size(),
                before.map(Total::since).orElse("now")));
        Function<DStream<String>, DStream<?>> changed = words -> words.mapToPair(word -> pair(word, 1))
                .updateStateByKey(more)
                .named("counts")
                .toJavaDStream();
        sets = registering(Count.class, Total.class);
        live(counting(Count::new, Count::n), isGraceful, "a", "b", "a");
        says = context -> context.migrateState("counts", Count.class, old -> new Total(old.n(), "before"));
        live(changed, isGraceful, "a");
        live(changed, isGraceful, "b");
    }

    @Test
    void numbersOfAnotherTypeAreMadeOfThoseThatWereKept() {
        live(MigratedProgramTest::summed, "a", "a");
        says = context -> context.migrateState("counts", Integer.class, Integer::longValue);
        Function<DStream<String>, DStream<?>> longs = words -> words.mapToPair(word -> pair(word, 1L))
                .updateStateByKey(Reducers.running(Reducers.sumLong()))
                .named("counts")
                .toJavaDStream()
                .map(count -> count._1 + " " + count._2.getClass().getSimpleName() + " " + count._2);
        live(longs, "a");
        live(longs, "b");
        assertEquals(List.of("(a,2)", "a Long 3", "a Long 3 b Long 1"), seen);
    }

    @Test
    void theRowsOfAWindowAreMigratedToo() {
        Function<DStream<String>, DStream<?>> ints = words -> words.mapToPair(word -> pair(word, 1))
                .reduceByKeyAndWindow(Reducers.sumInt(), seconds(3), seconds(1))
                .named("windows")
                .toJavaDStream();
        Function<DStream<String>, DStream<?>> longs = words -> words.mapToPair(word -> pair(word, 1L))
                .reduceByKeyAndWindow(Reducers.sumLong(), seconds(3), seconds(1))
                .named("windows")
                .toJavaDStream()
                .map(count -> count._1 + " " + count._2.getClass().getSimpleName() + " " + count._2);
        live(ints, "a", "a");
        says = context -> context.migrateState("windows", Integer.class, Integer::longValue);
        live(longs, "a");
        live(longs, "a");
        live(longs, "b");
        assertEquals(List.of("(a,2)", "a Long 3", "a Long 4", "a Long 2 b Long 1"), seen);
    }

    @Test
    void aMigrationThatLeavesTheClassAsItIsIsRefused() {
        live(MigratedProgramTest::summed, "a");
        says = context -> context.migrateState("counts", Integer.class, old -> old + 1);
        String refusal = refusalOf(MigratedProgramTest::summed);
        assertTrue(refusal.startsWith("MR-1402: migrateState(\"counts\", Integer.class, …) made 2 of 1"), refusal);
    }

    @Test
    void aMigrationOfAnOperatorThatIsNotThereIsRefused() {
        says = context -> context.migrateState("count", Integer.class, Integer::longValue);
        String refusal = refusalOf(MigratedProgramTest::summed);
        assertTrue(refusal.contains("no operator of that name remembers anything, but [counts]"), refusal);
    }

    @Test
    void theStateOfAnOperatorThatIsGoneIsLeftBehindWhenTheProgramSaysSo() {
        live(MigratedProgramTest::summed, "a");
        String refusal = refusalOf(words -> words);
        assertTrue(refusal.startsWith("MR-1401"), refusal);
        assertTrue(refusal.contains("context.dropState(\"counts\")"), refusal);
        assertTrue(refusal.contains("millrace.checkpoint.dropState=counts"), refusal);
        says = context -> context.dropState("counts");
        live(words -> words, "b");
        says = context -> {};
        live(words -> words, "c"); // the run before has ended gracefully, and left it out
        live(MigratedProgramTest::summed, "d");
        assertEquals(List.of("(a,1)", "b", "c", "(d,1)"), seen);
    }

    @Test
    void aSettingDropsStateAsTheCallDoesAndItsClassesNeedNotBeThere() {
        sets = registering(Count.class);
        live(counting(Count::new, Count::n), "a");
        sets = conf -> conf.set("millrace.checkpoint.dropState", " counts , unheard-of");
        live(
                words -> words.mapToPair(word -> pair(word, 1))
                        .updateStateByKey(Reducers.running(Reducers.sumInt()))
                        .named("sums")
                        .toJavaDStream(),
                "b");
        assertEquals("(b,1)", seen.get(1));
    }

    @Test
    void anOperatorThatIsThereIsNotDropped() {
        says = context -> context.dropState("counts");
        String refusal = refusalOf(MigratedProgramTest::summed);
        assertTrue(refusal.startsWith("dropState(\"counts\"): the program has an operator 'counts'"), refusal);
    }

    @Test
    void operatorsWithoutANameAreRefusedWhereIdsAreStrict() {
        sets = conf -> conf.set("millrace.checkpoint.strictIds", "true");
        Function<DStream<String>, DStream<?>> unnamed = words -> words.mapToPair(word -> pair(word, 1))
                .updateStateByKey(Reducers.running(Reducers.sumInt()))
                .toJavaDStream();
        String refusal = assertThrows(PlanException.class, () -> live(unnamed)).getMessage();
        assertTrue(refusal.startsWith("[updateStateByKey-1] remember something"), refusal);
        live(MigratedProgramTest::summed, "a");
        assertEquals(List.of("(a,1)"), seen);
    }

    @Test
    void listenersAreToldWhatWasReadOfTheState() {
        live(MigratedProgramTest::summed, "a", "b", "a");
        assertEquals(List.of(), restoring);
        live(MigratedProgramTest::summed, "a");
        assertEquals(1, restoring.size());
        StreamingListenerStateRestoring end = restoring.get(0);
        assertEquals("counts", end.operator());
        assertEquals(2, end.keys());
        assertTrue(end.readBytes() > 0);
        assertEquals(end.totalBytes(), end.readBytes());
    }

    @Test
    void aRefusalLeavesTheCheckpointAsItWas() {
        live(MigratedProgramTest::summed, "a");
        assertTrue(refusalOf(words -> words).startsWith("MR-1401"));
        assertTrue(refusalOf(words -> words).startsWith("MR-1401"));
        live(MigratedProgramTest::summed, "a");
        assertEquals("(a,2)", seen.get(1));
    }
}
