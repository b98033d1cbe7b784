package io.millrace.rdd;

import static io.millrace.rdd.Engines.sorted;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.HashPartitioner;
import io.millrace.api.MillraceContext;
import io.millrace.api.PairRDD;
import io.millrace.api.RDD;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every transformation makes of a small dataset (behaviour spec 1.11), the same on every engine. */
class TransformationsTest {
    private final List<DynamicTest> tests = new ArrayList<>();

    /** One line of the table: what a program answers, as text. */
    private void means(String name, Engines.Program program, String expected) {
        tests.addAll(Engines.onEach(name, sc -> assertEquals(expected, String.valueOf(program.answer(sc)))));
    }

    private static RDD<Integer> numbers(MillraceContext sc) {
        return sc.parallelize(List.of(1, 2, 3, 4, 5), 3); // [1] [2, 3] [4, 5]
    }

    private static RDD<String> words(MillraceContext sc) {
        return sc.parallelize(List.of("b", "a", "b", "c", "a", "b"), 2);
    }

    private static <V> Tuple2<String, V> pair(String key, V value) {
        return new Tuple2<>(key, value);
    }

    private static PairRDD<String, Integer> left(MillraceContext sc) {
        return sc.parallelizePairs(List.of(pair("a", 1), pair("b", 2), pair("a", 3), pair("c", 4)), 3);
    }

    private static PairRDD<String, String> right(MillraceContext sc) {
        return sc.parallelizePairs(List.of(pair("b", "x"), pair("a", "y"), pair("b", "z"), pair("d", "w")), 2);
    }

    private static PairRDD<String, Integer> none(MillraceContext sc) {
        return sc.parallelizePairs(Collections.<Tuple2<String, Integer>>emptyList(), 2);
    }

    private static Iterator<Integer> sumOf(Iterator<Integer> part) {
        int sum = 0;
        while (part.hasNext()) {
            sum += part.next();
        }
        return List.of(sum).iterator();
    }

    private static String groups(PairRDD<?, ? extends Iterable<?>> grouped) {
        List<String> texts = new ArrayList<>();
        for (Tuple2<?, ? extends Iterable<?>> group : grouped.collect()) {
            List<String> values = new ArrayList<>();
            group._2.forEach(value -> values.add(String.valueOf(value)));
            Collections.sort(values);
            texts.add(group._1 + "=" + values);
        }
        return sorted(texts);
    }

    @TestFactory
    List<DynamicTest> rowByRow() {
        means("map", sc -> numbers(sc).map(n -> n * 10).collect(), "[10, 20, 30, 40, 50]");
        means("map to null", sc -> numbers(sc).map(n -> n % 2 == 0 ? null : n).collect(), "[1, null, 3, null, 5]");
        means(
                "map of nulls",
                sc -> sc.parallelize(Arrays.asList("a", null)).map(s -> s + "!").collect(),
                "[a!, null!]");
        means("filter", sc -> numbers(sc).filter(n -> n > 3).collect(), "[4, 5]");
        means(
                "flatMap",
                sc -> numbers(sc)
                        .flatMap(n -> Collections.nCopies(n % 3, n).iterator())
                        .collect(),
                "[1, 2, 2, 4, 5, 5]");
        means(
                "mapToPair",
                sc -> numbers(sc).mapToPair(n -> pair("k" + n % 2, n)).collect(),
                "[(k1,1), (k0,2), (k1,3), (k0,4), (k1,5)]");
        means(
                "flatMapToPair",
                sc -> words(sc)
                        .flatMapToPair(w -> List.of(pair(w, 1), pair(w, 2)).iterator())
                        .take(3),
                "[(b,1), (b,2), (a,1)]");
        means("mapToDouble", sc -> numbers(sc).mapToDouble(n -> n / 2.0).collect(), "[0.5, 1.0, 1.5, 2.0, 2.5]");
        means(
                "flatMapToDouble",
                sc -> numbers(sc)
                        .flatMapToDouble(n -> List.of(n * 1.0, n * 0.5).iterator())
                        .take(3),
                "[1.0, 0.5, 2.0]");
        means("keyBy", sc -> words(sc).keyBy(String::hashCode).take(2), "[(98,b), (97,a)]");
        means(
                "recognised functions",
                sc -> sorted(sc.parallelize(List.of("a b", "b"))
                        .flatMap(Text.split(' '))
                        .mapToPair(Text.pairWith(1))
                        .reduceByKey(Reducers.sumInt())
                        .collect()),
                "[(a,1), (b,2)]");
        means("mapValues", sc -> left(sc).mapValues(n -> n * 2).collect(), "[(a,2), (b,4), (a,6), (c,8)]");
        means(
                "flatMapValues",
                sc -> left(sc).flatMapValues(
                                n -> Collections.nCopies(n % 3, "v").iterator())
                        .collect(),
                "[(a,v), (b,v), (b,v), (c,v)]");
        means("keys", sc -> left(sc).keys().collect(), "[a, b, a, c]");
        means("values", sc -> left(sc).values().collect(), "[1, 2, 3, 4]");
        means("a pair as a record", sc -> left(sc).map(t -> t._1 + t._2).collect(), "[a1, b2, a3, c4]");
        means(
                "pairs from tuples",
                sc -> PairRDD.fromJavaRDD(sc.parallelize(List.of(pair("a", 1))))
                        .keys()
                        .collect(),
                "[a]");
        means(
                "of nothing",
                sc -> sc.<Integer>emptyRDD().map(n -> n + 1).filter(n -> true).collect(),
                "[]");
        return tests;
    }

    @TestFactory
    List<DynamicTest> partitionByPartition() {
        means(
                "mapPartitions, empty ones too",
                sc -> sc.parallelize(List.of(1, 2), 4)
                        .mapPartitions(TransformationsTest::sumOf)
                        .collect(),
                "[0, 1, 0, 2]");
        means(
                "mapPartitionsWithIndex",
                sc -> numbers(sc)
                        .mapPartitionsWithIndex(
                                (i, part) ->
                                        List.of(i + ":" + sumOf(part).next()).iterator(),
                                true)
                        .collect(),
                "[0:1, 1:5, 2:9]");
        means(
                "mapPartitionsToPair",
                sc -> numbers(sc)
                        .mapPartitionsToPair(
                                part -> List.of(pair("sum", sumOf(part).next())).iterator())
                        .collect(),
                "[(sum,1), (sum,5), (sum,9)]");
        means(
                "mapPartitionsToDouble",
                sc -> numbers(sc)
                        .mapPartitionsToDouble(
                                part -> List.of(sumOf(part).next() / 2.0).iterator())
                        .collect(),
                "[0.5, 2.5, 4.5]");
        means("glom", sc -> numbers(sc).glom().collect(), "[[1], [2, 3], [4, 5]]");
        means(
                "glom of an empty partition",
                sc -> sc.parallelize(List.of(1), 2).glom().collect(),
                "[[], [1]]");
        means("coalesce", sc -> numbers(sc).coalesce(2).glom().collect(), "[[1], [2, 3, 4, 5]]");
        means("coalesce to more", sc -> numbers(sc).coalesce(9).getNumPartitions(), "3");
        means(
                "coalesce with a shuffle to more",
                sc -> numbers(sc).coalesce(9, true).getNumPartitions(),
                "9");
        means("repartition", sc -> sorted(numbers(sc).repartition(2).collect()), "[1, 2, 3, 4, 5]");
        means(
                "repartition is even",
                sc -> sorted(sc.parallelize(IntStream.range(0, 100).boxed().toList(), 1)
                        .repartition(4)
                        .glom()
                        .map(List::size)
                        .collect()),
                "[25, 25, 25, 25]");
        means(
                "union",
                sc -> numbers(sc).union(numbers(sc)).glom().collect(),
                "[[1], [2, 3], [4, 5], [1], [2, 3], [4, 5]]");
        means(
                "union, then map",
                sc -> sc.union(numbers(sc), numbers(sc).map(n -> -n), sc.emptyRDD())
                        .map(n -> n + 1)
                        .collect(),
                "[2, 3, 4, 5, 6, 0, -1, -2, -3, -4]");
        means(
                "union of pairs",
                sc -> sc.union(left(sc), List.of(left(sc))).countByKey().get("a"),
                "4");
        means(
                "union of numbers",
                sc -> sc.union(sc.parallelizeDoubles(List.of(1.0)), sc.parallelizeDoubles(List.of(2.0)))
                        .sum(),
                "3.0");
        means(
                "zip",
                sc -> numbers(sc).zip(numbers(sc).map(n -> "n" + n)).collect(),
                "[(1,n1), (2,n2), (3,n3), (4,n4), (5,n5)]");
        means(
                "zipPartitions",
                sc -> numbers(sc)
                        .zipPartitions(
                                numbers(sc).filter(n -> n > 2),
                                (l, r) -> List.of(sumOf(l).next() + "/" + sumOf(r).next())
                                        .iterator())
                        .collect(),
                "[1/0, 5/3, 9/9]");
        means(
                "zipWithIndex",
                sc -> sc.parallelize(List.of("a", "b", "c"), 2).zipWithIndex().collect(),
                "[(a,0), (b,1), (c,2)]");
        means(
                "zipWithUniqueId",
                sc -> sc.parallelize(List.of("a", "b", "c"), 2)
                        .zipWithUniqueId()
                        .collect(),
                "[(a,0), (b,1), (c,3)]");
        means(
                "cartesian",
                sc -> sc.parallelize(List.of(1, 2), 2)
                        .cartesian(sc.parallelize(List.of("a", "b"), 2))
                        .collect(),
                "[(1,a), (1,b), (2,a), (2,b)]");
        means(
                "cartesian has n times m partitions",
                sc -> numbers(sc)
                        .cartesian(sc.parallelize(List.of("a", "b"), 2))
                        .getNumPartitions(),
                "6");
        means("cartesian with nothing", sc -> numbers(sc).cartesian(none(sc)).count(), "0");
        means(
                "pipe",
                sc -> sc.parallelize(List.of("b", "a", "c"), 1).pipe("sort").collect(),
                "[a, b, c]");
        means(
                "pipe with an environment",
                sc -> sc.parallelize(List.of("x"), 1)
                        .pipe(List.of("sh", "-c", "cat; echo $WHO"), Map.of("WHO", "me"))
                        .collect(),
                "[x, me]");
        return tests;
    }

    @TestFactory
    List<DynamicTest> asSets() {
        means("distinct", sc -> sorted(words(sc).distinct().collect()), "[a, b, c]");
        means(
                "distinct of nulls",
                sc -> sorted(sc.parallelize(Arrays.asList("a", null, null, "a"), 2)
                        .distinct(3)
                        .collect()),
                "[a, null]");
        means(
                "distinct of pairs",
                sc -> sorted(left(sc).union(left(sc)).distinct().collect()),
                "[(a,1), (a,3), (b,2), (c,4)]");
        means(
                "distinct of mixed numbers",
                sc -> sorted(sc.parallelize(List.<Object>of(1, 1L, 1, 1.0), 2)
                        .distinct()
                        .map(n -> n.getClass().getSimpleName())
                        .collect()),
                "[Double, Integer, Long]");
        means(
                "intersection",
                sc -> sorted(words(sc)
                        .intersection(sc.parallelize(List.of("b", "c", "c", "d")))
                        .collect()),
                "[b, c]");
        means(
                "subtract keeps duplicates",
                sc -> sorted(
                        words(sc).subtract(sc.parallelize(List.of("a", "x"))).collect()),
                "[b, b, b, c]");
        means(
                "subtract by a partitioner",
                sc -> words(sc)
                        .subtract(sc.parallelize(List.of("a", "b")), new HashPartitioner(3))
                        .collect(),
                "[c]");
        means(
                "subtract of pairs",
                sc -> sorted(left(sc).subtract(sc.parallelizePairs(List.of(pair("a", 1), pair("b", 9))))
                        .collect()),
                "[(a,3), (b,2), (c,4)]");
        means(
                "intersection of numbers",
                sc -> sc.parallelizeDoubles(List.of(1.0, 2.0))
                        .intersection(sc.parallelizeDoubles(List.of(2.0, 2.0)))
                        .collect(),
                "[2.0]");
        means("groupBy", sc -> groups(numbers(sc).groupBy(n -> n % 2)), "[0=[2, 4], 1=[1, 3, 5]]");
        means("groupBy into one", sc -> numbers(sc).groupBy(n -> n % 2, 1).getNumPartitions(), "1");
        return tests;
    }

    @TestFactory
    List<DynamicTest> byKey() {
        means("reduceByKey", sc -> sorted(left(sc).reduceByKey((a, b) -> a + b).collect()), "[(a,4), (b,2), (c,4)]");
        means(
                "reduceByKey of nothing",
                sc -> none(sc).reduceByKey((a, b) -> a + b).collect(),
                "[]");
        means(
                "reduceByKey with a null key",
                sc -> sorted(sc.parallelizePairs(List.of(pair(null, 1), pair("a", 2), pair(null, 3)))
                        .reduceByKey((a, b) -> a + b)
                        .collect()),
                "[(a,2), (null,4)]");
        means(
                "reduceByKey into three",
                sc -> left(sc).reduceByKey((a, b) -> a + b, 3).getNumPartitions(),
                "3");
        means(
                "reduceByKeyLocally",
                sc -> sorted(left(sc).reduceByKeyLocally((a, b) -> a + b).entrySet()),
                "[a=4, b=2, c=4]");
        means("countByKey", sc -> sorted(left(sc).countByKey().entrySet()), "[a=2, b=1, c=1]");
        means("groupByKey", sc -> groups(left(sc).groupByKey()), "[a=[1, 3], b=[2], c=[4]]");
        means("groupByKey(2)", sc -> groups(left(sc).groupByKey(2)), "[a=[1, 3], b=[2], c=[4]]");
        means(
                "combineByKey",
                sc -> groups(left(sc).combineByKey(
                                n -> new ArrayList<>(List.of(n)),
                                TransformationsTest::added,
                                TransformationsTest::joined)),
                "[a=[1, 3], b=[2], c=[4]]");
        means(
                "aggregateByKey copies its zero",
                sc -> groups(left(sc).aggregateByKey(
                                (Set<Integer>) new HashSet<Integer>(),
                                TransformationsTest::added,
                                TransformationsTest::joined)),
                "[a=[1, 3], b=[2], c=[4]]");
        means("foldByKey", sc -> sorted(left(sc).foldByKey(0, (a, b) -> a + b).collect()), "[(a,4), (b,2), (c,4)]");
        means("join", sc -> sorted(left(sc).join(right(sc)).collect()), "[(a,(1,y)), (a,(3,y)), (b,(2,x)), (b,(2,z))]");
        means("join with nothing", sc -> left(sc).join(none(sc)).collect(), "[]");
        means(
                "leftOuterJoin",
                sc -> sorted(left(sc).leftOuterJoin(right(sc)).collect()),
                "[(a,(1,Optional[y])), (a,(3,Optional[y])), (b,(2,Optional[x])), (b,(2,Optional[z])), (c,(4,Optional.empty))]");
        means(
                "rightOuterJoin",
                sc -> sorted(left(sc).rightOuterJoin(right(sc), 3).collect()),
                "[(a,(Optional[1],y)), (a,(Optional[3],y)), (b,(Optional[2],x)), (b,(Optional[2],z)), (d,(Optional.empty,w))]");
        means(
                "fullOuterJoin",
                sc -> left(sc).fullOuterJoin(right(sc), new HashPartitioner(3))
                        .keys()
                        .distinct()
                        .count(),
                "4");
        means(
                "cogroup",
                sc -> sorted(left(sc).cogroup(right(sc)).collect()),
                "[(a,([1, 3],[y])), (b,([2],[x, z])), (c,([4],[])), (d,([],[w]))]");
        means(
                "cogroup of three",
                sc -> sorted(left(sc).cogroup(right(sc), left(sc).filter(t -> t._2 > 2))
                        .collect()),
                "[(a,([1, 3],[y],[3])), (b,([2],[x, z],[])), (c,([4],[],[4])), (d,([],[w],[]))]");
        means(
                "cogroup of four",
                sc -> sorted(left(sc).groupWith(none(sc), right(sc), left(sc))
                        .filter(t -> t._1.equals("b"))
                        .collect()),
                "[(b,([2],[],[x, z],[2]))]");
        means("subtractByKey", sc -> sorted(left(sc).subtractByKey(right(sc)).collect()), "[(c,4)]");
        means(
                "subtractByKey keeps duplicates",
                sc -> sorted(left(sc).subtractByKey(right(sc).filter(t -> t._1.equals("b")))
                        .collect()),
                "[(a,1), (a,3), (c,4)]");
        means(
                "partitionBy",
                sc -> left(sc).partitionBy(new HashPartitioner(2)).glom().collect(),
                "[[(b,2)], [(a,1), (a,3), (c,4)]]");
        means(
                "partitionBy as it is",
                sc -> {
                    PairRDD<String, Integer> spread = left(sc).partitionBy(new HashPartitioner(2));
                    return spread == spread.partitionBy(new HashPartitioner(2));
                },
                "true");
        means("collectAsMap", sc -> sorted(left(sc).collectAsMap().entrySet()), "[a=3, b=2, c=4]");
        means("lookup", sc -> left(sc).lookup("a"), "[1, 3]");
        means(
                "lookup by a partitioner",
                sc -> left(sc).partitionBy(new HashPartitioner(3)).lookup("a"),
                "[1, 3]");
        means("lookup of what is not there", sc -> left(sc).lookup("z"), "[]");
        means(
                "countApproxDistinctByKey",
                sc -> sorted(
                        left(sc).union(left(sc)).countApproxDistinctByKey(0.1).collect()),
                "[(a,2), (b,1), (c,1)]");
        return tests;
    }

    private static <C extends Collection<Integer>> C added(C values, Integer value) {
        values.add(value);
        return values;
    }

    private static <C extends Collection<Integer>> C joined(C values, C others) {
        values.addAll(others);
        return values;
    }

    @TestFactory
    List<DynamicTest> inOrder() {
        means("sortByKey", sc -> left(sc).sortByKey().collect(), "[(a,1), (a,3), (b,2), (c,4)]");
        means("sortByKey down", sc -> left(sc).sortByKey(false).collect(), "[(c,4), (b,2), (a,1), (a,3)]");
        means(
                "sortByKey into one",
                sc -> left(sc).sortByKey(true, 1).glom().collect(),
                "[[(a,1), (a,3), (b,2), (c,4)]]");
        means(
                "sortByKey by a comparator",
                sc -> left(sc).sortByKey(Comparator.<String>reverseOrder(), false)
                        .keys()
                        .collect(),
                "[a, a, b, c]");
        means("sortByKey of nothing", sc -> none(sc).sortByKey().collect(), "[]");
        means(
                "sortByKey of one key",
                sc -> left(sc).filter(t -> t._1.equals("a")).sortByKey(true, 4).collect(),
                "[(a,1), (a,3)]");
        means("sortBy", sc -> numbers(sc).sortBy(n -> -n, true, 2).collect(), "[5, 4, 3, 2, 1]");
        means("sortBy down", sc -> words(sc).sortBy(w -> w, false, 3).collect(), "[c, b, b, b, a, a]");
        means(
                "repartitionAndSortWithinPartitions",
                sc -> left(sc).repartitionAndSortWithinPartitions(new HashPartitioner(2))
                        .glom()
                        .collect(),
                "[[(b,2)], [(a,1), (a,3), (c,4)]]");
        means(
                "the same by a comparator",
                sc -> left(sc).repartitionAndSortWithinPartitions(new HashPartitioner(2), Comparator.reverseOrder())
                        .glom()
                        .collect(),
                "[[(b,2)], [(c,4), (a,1), (a,3)]]");
        means("filterByRange", sc -> sorted(left(sc).filterByRange("a", "b").collect()), "[(a,1), (a,3), (b,2)]");
        means(
                "filterByRange after sortByKey",
                sc -> left(sc).sortByKey(true, 3).filterByRange("b", "c").collect(),
                "[(b,2), (c,4)]");
        means(
                "filterByRange after sortByKey down",
                sc -> left(sc).sortByKey(false, 3).filterByRange("a", "b").collect(),
                "[(b,2), (a,1), (a,3)]");
        means(
                "filterByRange by a comparator",
                sc -> sorted(left(sc).filterByRange(Comparator.<String>reverseOrder(), "c", "b")
                        .collect()),
                "[(b,2), (c,4)]");
        means(
                "filterByRange the wrong way round",
                sc -> left(sc).sortByKey().filterByRange("c", "a").collect(),
                "[]");
        return tests;
    }
}
