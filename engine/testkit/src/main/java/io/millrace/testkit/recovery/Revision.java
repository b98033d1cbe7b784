package io.millrace.testkit.recovery;

import io.millrace.api.DStream;
import io.millrace.api.PairDStream;
import io.millrace.api.Tuple2;
import java.util.random.RandomGenerator;

/**
 * What has been changed in a program's code since the last process, without changing its meaning.
 *
 * @param copies whether there is one more operator before the others
 * @param selects whether there is another one
 * @param isFused whether one function does what two did
 * @param counts whether there is an output more
 */
record Revision(boolean copies, boolean selects, boolean isFused, boolean counts) {
    static Revision random(RandomGenerator random) {
        return random.nextInt(3) > 0
                ? new Revision(false, false, false, false)
                : new Revision(random.nextBoolean(), random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
    }

    DStream<String> records(DStream<String> records) {
        DStream<String> copied = copies ? records.map(text -> "" + text) : records;
        return selects ? copied.filter(text -> !text.isEmpty()) : copied;
    }

    PairDStream<Object, Integer> pairs(DStream<String> records, Keys keys) {
        PairDStream<Object, Integer> pairs = isFused
                ? records.flatMapToPair(text -> Row.Parcel.rowsOf(text).stream()
                        .map(row -> new Tuple2<Object, Integer>(keys.of(row.key()), row.value()))
                        .iterator())
                : records.flatMap(text -> Row.Parcel.rowsOf(text).iterator())
                        .mapToPair(row -> new Tuple2<>(keys.of(row.key()), row.value()));
        if (counts) {
            pairs.count().foreachRDD(rdd -> rdd.collect());
        }
        return pairs;
    }
}
