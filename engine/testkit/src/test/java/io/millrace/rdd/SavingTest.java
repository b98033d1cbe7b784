package io.millrace.rdd;

import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceContext;
import io.millrace.api.MillraceException;
import io.millrace.api.PairRDD;
import io.millrace.api.RDD;
import io.millrace.api.Tuple2;
import io.millrace.scenario.Saved;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What {@code saveAsTextFile} and {@code saveAsObjectFile} write can be read again (behaviour spec 1.11.1). */
class SavingTest {
    record Reading(String sensor, int value) {}

    @TempDir
    Path dir;

    private final AtomicInteger folders = new AtomicInteger();

    /** What a test does with an engine and an empty directory. */
    @FunctionalInterface
    private interface Body {
        void run(MillraceContext sc, Path folder) throws Exception;
    }

    private List<DynamicTest> onEach(Body body) {
        return Engines.onEachWith(
                conf -> conf.registerKryoClasses(new Class<?>[] {Reading.class}),
                sc -> body.run(sc, Files.createDirectory(dir.resolve("folder-" + folders.incrementAndGet()))));
    }

    private static PairRDD<String, Integer> pairs(MillraceContext sc) {
        return sc.parallelizePairs(List.of(pair("a", 1), pair("b", 2), pair("a", 3)), 2);
    }

    @TestFactory
    List<DynamicTest> textComesBackAsLinesAPartPerPartition() {
        return onEach((sc, folder) -> {
            String out = folder.resolve("out").toString();
            sc.parallelize(List.of("to", "be", "or"), 3).saveAsTextFile(out);
            assertEquals(List.of("_SUCCESS", "part-00000", "part-00001", "part-00002"), Saved.names(Path.of(out)));
            assertEquals("be\n", Files.readString(Path.of(out, "part-00001")));
            assertEquals(List.of("to", "be", "or"), sc.textFile(out).collect());
            sc.parallelize(List.of(1, 2, 3), 2).saveAsTextFile(out + "-numbers");
            assertEquals(List.of("1", "2", "3"), sc.textFile(out + "-numbers").collect());
        });
    }

    @TestFactory
    List<DynamicTest> aPathMeansTheSameToReadAndToSave() {
        return onEach((sc, folder) -> {
            for (String name : List.of("a b", "a%20b")) {
                String uri = "file:" + folder.resolve(name);
                sc.parallelize(List.of(name), 1).saveAsTextFile(uri);
                assertEquals(List.of(name), sc.textFile(uri).collect());
            }
            assertEquals(List.of("a b", "a%20b"), Saved.names(folder));
        });
    }

    @TestFactory
    List<DynamicTest> objectsComeBackAsWhatTheyWereAPartitionPerFile() {
        return onEach((sc, folder) -> {
            String out = folder.resolve("out").toString();
            List<Object> records = Arrays.asList(
                    1,
                    null,
                    "two",
                    3.0,
                    4L,
                    new Reading("a", 1),
                    pair("k", new Reading("b", 2)),
                    new ArrayList<>(List.of(1)));
            sc.parallelize(records, 3).saveAsObjectFile(out);
            RDD<Object> read = sc.objectFile(out);
            assertEquals(3, read.getNumPartitions());
            assertEquals(records, read.collect());
            assertEquals(records, read.collect(), "it can be read again");
            assertEquals(8, read.count());
        });
    }

    @TestFactory
    List<DynamicTest> keyedRecordsAreReducedAsTheyAreRead() {
        return onEach((sc, folder) -> {
            String out = folder.resolve("out").toString();
            pairs(sc).saveAsObjectFile(out);
            RDD<Tuple2<String, Integer>> read = sc.objectFile(out);
            assertEquals(
                    Map.of("a", 4, "b", 2),
                    read.mapToPair(pair -> pair).reduceByKey((a, b) -> a + b).collectAsMap());
        });
    }

    @TestFactory
    List<DynamicTest> groupsAndJoinsComeBackAsEqualCollections() {
        return onEach((sc, folder) -> {
            PairRDD<String, Integer> pairs = pairs(sc);
            pairs.groupByKey().saveAsObjectFile(folder + "/groups");
            pairs.leftOuterJoin(pairs.filter(pair -> pair._1.equals("b"))).saveAsObjectFile(folder + "/joins");
            List<String> groups = new ArrayList<>();
            RDD<Tuple2<String, Iterable<Integer>>> readGroups = sc.objectFile(folder + "/groups");
            for (Tuple2<String, Iterable<Integer>> group : readGroups.collect()) {
                List<Integer> values = new ArrayList<>();
                group._2.forEach(values::add);
                values.sort(null);
                groups.add(group._1 + values);
            }
            assertEquals("[a[1, 3], b[2]]", Engines.sorted(groups));
            assertEquals(
                    "[(a,(1,Optional.empty)), (a,(3,Optional.empty)), (b,(2,Optional[2]))]",
                    Engines.sorted(sc.objectFile(folder + "/joins").collect()));
        });
    }

    @TestFactory
    List<DynamicTest> anExistingDirectoryIsRefusedAndStaysAsItIs() {
        return onEach((sc, folder) -> {
            String out = folder.resolve("out").toString();
            sc.parallelize(List.of("old")).saveAsTextFile(out);
            RDD<String> other = sc.parallelize(List.of("new"));
            MillraceException refused = assertThrows(MillraceException.class, () -> other.saveAsTextFile(out));
            assertTrue(refused.getMessage().contains("exists already"), refused.getMessage());
            assertThrows(MillraceException.class, () -> other.saveAsObjectFile(out));
            assertEquals(List.of("out"), Saved.names(folder));
            assertEquals(List.of("old"), Saved.lines(Path.of(out)));
        });
    }

    @TestFactory
    List<DynamicTest> whatCannotBeSavedLeavesNothing() {
        return onEach((sc, folder) -> {
            String out = folder.resolve("out").toString();
            RDD<String> withNull = sc.parallelize(Arrays.asList("a", null));
            assertThrows(IllegalArgumentException.class, () -> withNull.saveAsTextFile(out));
            RDD<StringBuilder> unregistered = sc.parallelize(List.of(new StringBuilder()));
            assertThrows(MillraceException.class, () -> unregistered.saveAsObjectFile(out));
            assertEquals(List.of(), Saved.names(folder));
        });
    }
}
