package io.millrace.engine.rdd;

import io.millrace.api.MillraceContext;
import io.millrace.api.PairRDD;
import io.millrace.api.Tuple2;
import io.millrace.engine.task.Rows;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A dataset of keyed records on this engine.
 *
 * @param <K> key type
 * @param <V> value type
 */
public final class LocalPairRdd<K, V> extends LocalDataset<Tuple2<K, V>> implements PairRDD<K, V> {
    /** A dataset over rows, readable while the lease lasts. */
    public LocalPairRdd(Rows rows, DatasetRunner runner, Lease lease, Supplier<MillraceContext> context) {
        super(rows, runner, lease, context);
    }

    @Override
    public Map<K, V> collectAsMap() {
        Map<K, V> map = new LinkedHashMap<>();
        collect().forEach(pair -> map.put(pair._1, pair._2));
        return map;
    }
}
