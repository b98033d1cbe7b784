package io.millrace.api.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.plan.type.DeclaredTypes;
import io.millrace.type.RecordType;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Functions written for Spark's typed datasets are functions of a stream as well. */
class SparkNamesTest {

    @Test
    void theyGoWhereTheirStreamFormsGo() throws Exception {
        MapFunction<String, Integer> length = String::length;
        ReduceFunction<Integer> add = Integer::sum;
        MapPartitionsFunction<Integer, Integer> first =
                numbers -> List.of(numbers.next()).iterator();
        MapGroupsFunction<String, Integer, String> shown = (key, values) -> key + values.next();
        CoGroupFunction<String, Integer, Integer, Integer> left = (key, ours, theirs) -> ours;
        FilterFunction<String> empty = String::isEmpty;

        Function<String, Integer> map = length;
        Function2<Integer, Integer, Integer> reduce = add;
        FlatMapFunction<Iterator<Integer>, Integer> mapPartitions = first;
        Function2<String, Iterator<Integer>, String> mapGroups = shown;
        Function3<String, Iterator<Integer>, Iterator<Integer>, Iterator<Integer>> cogroup = left;
        Function<String, Boolean> filter = empty::call;

        assertEquals(3, map.call("abc"));
        assertEquals(5, reduce.call(2, 3));
        assertEquals(7, mapPartitions.call(List.of(7, 8).iterator()).next());
        assertEquals("a1", mapGroups.call("a", List.of(1).iterator()));
        assertEquals(
                1,
                cogroup.call("a", List.of(1).iterator(), List.of(2).iterator()).next());
        assertEquals(true, filter.call(""));
    }

    @Test
    void theyMayEndAStreamToo() throws Exception {
        StringBuilder seen = new StringBuilder();
        ForeachFunction<String> each = seen::append;
        ForeachPartitionFunction<String> all = records -> records.forEachRemaining(seen::append);
        VoidFunction<String> foreach = each;
        VoidFunction<Iterator<String>> foreachPartition = all;
        foreach.call("a");
        foreachPartition.call(List.of("b", "c").iterator());
        assertEquals("abc", seen.toString());
    }

    @Test
    void theirTypesAreDeclaredAsThoseOfAnyFunction() {
        MapFunction<String, Integer> length = String::length;
        assertEquals(RecordType.INT, DeclaredTypes.resultOf(length));
    }
}
