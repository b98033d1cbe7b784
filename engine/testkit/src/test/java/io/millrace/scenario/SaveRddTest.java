package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceException;
import io.millrace.api.PairRDD;
import io.millrace.api.PushInputDStream;
import io.millrace.api.RDD;
import io.millrace.api.Tuple2;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code saveAsTextFile} and {@code saveAsObjectFile} of an RDD write can be read again (behaviour spec 1.11.1). */
class SaveRddTest {
    record Reading(String sensor, int value) {}

    @TempDir
    Path dir;

    private String at(String name) {
        return dir.resolve(name).toString();
    }

    private static Rig rig() {
        return new Rig(seconds(1), conf -> conf.registerKryoClasses(new Class<?>[] {Reading.class}));
    }

    @Test
    void textComesBackAsLines() {
        try (Rig rig = rig()) {
            rig.context.parallelize(List.of("to", "be", "or"), 3).saveAsTextFile(at("out"));
            assertEquals(
                    List.of("_SUCCESS", "part-00000", "part-00001", "part-00002"), Saved.names(dir.resolve("out")));
            assertEquals(
                    List.of("to", "be", "or"), rig.context.textFile(at("out")).collect());
        }
    }

    @Test
    void objectsComeBackAsWhatTheyWereAPartitionPerFile() {
        try (Rig rig = rig()) {
            List<Object> records = Arrays.asList(
                    1,
                    null,
                    "two",
                    3.0,
                    new Reading("a", 1),
                    pair("k", new Reading("b", 2)),
                    new ArrayList<>(List.of(1)));
            rig.context.parallelize(records, 3).saveAsObjectFile(at("out"));
            RDD<Object> read = rig.context.objectFile(at("out"));
            assertEquals(3, read.getNumPartitions());
            assertEquals(records, read.collect());
            assertEquals(records, read.collect(), "it can be read again");
            assertEquals(7, read.count());
        }
    }

    @Test
    void keyedRecordsAreReducedAsTheyAreRead() {
        try (Rig rig = rig()) {
            PairRDD<String, Integer> pairs =
                    rig.context.parallelizePairs(List.of(pair("a", 1), pair("b", 2), pair("a", 3)), 2);
            pairs.saveAsObjectFile(at("out"));
            RDD<Tuple2<String, Integer>> read = rig.context.objectFile(at("out"));
            assertEquals(
                    Map.of("a", 4, "b", 2),
                    read.mapToPair(pair -> pair).reduceByKey((a, b) -> a + b).collectAsMap());
        }
    }

    @Test
    void groupsAndJoinsComeBackAsEqualCollections() {
        try (Rig rig = rig()) {
            PairRDD<String, Integer> pairs =
                    rig.context.parallelizePairs(List.of(pair("a", 1), pair("b", 2), pair("a", 3)), 2);
            pairs.groupByKey().saveAsObjectFile(at("groups"));
            pairs.leftOuterJoin(pairs.filter(pair -> pair._1.equals("b"))).saveAsObjectFile(at("joins"));
            List<String> groups = new ArrayList<>();
            for (Tuple2<String, Iterable<Integer>> group : rig.context
                    .<Tuple2<String, Iterable<Integer>>>objectFile(at("groups"))
                    .collect()) {
                List<Integer> values = new ArrayList<>();
                group._2.forEach(values::add);
                values.sort(null);
                groups.add(group._1 + values);
            }
            groups.sort(null);
            assertEquals(List.of("a[1, 3]", "b[2]"), groups);
            List<String> joins = new ArrayList<>();
            rig.context.objectFile(at("joins")).collect().forEach(record -> joins.add(record.toString()));
            joins.sort(null);
            assertEquals(List.of("(a,(1,Optional.empty))", "(a,(3,Optional.empty))", "(b,(2,Optional[2]))"), joins);
        }
    }

    @Test
    void anExistingDirectoryIsRefusedAndStaysAsItIs() {
        try (Rig rig = rig()) {
            rig.context.parallelize(List.of("old")).saveAsTextFile(at("out"));
            RDD<String> other = rig.context.parallelize(List.of("new"));
            MillraceException refused = assertThrows(MillraceException.class, () -> other.saveAsTextFile(at("out")));
            assertTrue(refused.getMessage().contains("exists already"), refused.getMessage());
            assertThrows(MillraceException.class, () -> other.saveAsObjectFile(at("out")));
            assertEquals(List.of("out"), Saved.names(dir));
            assertEquals(List.of("old"), Saved.lines(dir.resolve("out")));
        }
    }

    @Test
    void insideAStreamsOutputAnEarlierResultIsReplaced() {
        try (Rig rig = rig()) {
            PushInputDStream<String> words = rig.ssc.pushStream(String.class);
            words.foreachRDD(rdd -> rdd.saveAsTextFile(at("latest")));
            rig.ssc.start();
            words.offer("one");
            rig.toBatch(1);
            words.offer("two");
            rig.toBatch(2);
        }
        assertEquals(List.of("latest"), Saved.names(dir));
        assertEquals(List.of("two"), Saved.lines(dir.resolve("latest")));
    }

    @Test
    void whatCannotBeSavedLeavesNothing() {
        try (Rig rig = rig()) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> rig.context.parallelize(Arrays.asList("a", null)).saveAsTextFile(at("out")));
            assertThrows(
                    MillraceException.class,
                    () -> rig.context.parallelize(List.of(new StringBuilder())).saveAsObjectFile(at("out")));
            assertEquals(List.of(), Saved.names(dir));
        }
    }

    @Test
    void aPathThatIsNotThereIsToldAtTheFirstUse() throws Exception {
        try (Rig rig = rig()) {
            RDD<Object> missing = rig.context.objectFile(at("absent"));
            MillraceException told = assertThrows(MillraceException.class, missing::count);
            assertTrue(told.getMessage().contains(at("absent")), told.getMessage());
            Files.writeString(
                    dir.resolve("text"), "no object file, but a text of some length, long enough for a header");
            RDD<Object> text = rig.context.objectFile(at("text"));
            assertTrue(assertThrows(MillraceException.class, text::count)
                    .getMessage()
                    .contains("MROF"));
        }
    }
}
