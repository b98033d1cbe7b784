package io.millrace.api;

import java.util.Map;

/**
 * An immutable, lazily computed dataset of keyed records: one batch of a {@link PairDStream}, or made by
 * {@link MillraceContext#parallelizePairs}.
 *
 * @param <K> key type
 * @param <V> value type
 */
public interface PairRDD<K, V> extends RDDLike<PairDStream<K, V>>, RDDActions<Tuple2<K, V>> {
    /** All records as a map; of several records with one key the last one wins. */
    Map<K, V> collectAsMap();
}
