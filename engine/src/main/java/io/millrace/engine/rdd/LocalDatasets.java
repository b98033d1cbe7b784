package io.millrace.engine.rdd;

import io.millrace.api.Broadcast;
import io.millrace.api.DoubleRDD;
import io.millrace.api.PairRDD;
import io.millrace.api.PortableDataStream;
import io.millrace.api.RDD;
import io.millrace.api.Tuple2;
import io.millrace.engine.dataset.DatasetNode;
import io.millrace.engine.dataset.DatasetScope;
import io.millrace.engine.dataset.Narrowed;
import io.millrace.engine.task.ListRows;
import io.millrace.engine.task.PulledRows;
import io.millrace.engine.task.Rows;
import io.millrace.ingest.file.FileRanges;
import io.millrace.spi.Datasets;
import io.millrace.spi.LocalProperties;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The datasets of one context on this engine. */
public final class LocalDatasets implements Datasets {
    private final DatasetScope scope;

    /** Datasets of that scope. */
    public LocalDatasets(DatasetScope scope) {
        this.scope = scope;
    }

    private <T> RDD<T> rdd(String kind, Rows rows) {
        return new LocalRdd<>(DatasetNode.source(scope, kind, rows));
    }

    private <K, V> PairRDD<K, V> pairs(String kind, Rows rows) {
        return new LocalPairRdd<>(DatasetNode.source(scope, kind, rows));
    }

    @Override
    public <T> RDD<T> parallelize(List<T> records, int slices) {
        return rdd("parallelize", new ListRows(records, slices));
    }

    @Override
    public <K, V> PairRDD<K, V> parallelizePairs(List<Tuple2<K, V>> records, int slices) {
        return pairs("parallelizePairs", new ListRows(records, slices));
    }

    @Override
    public DoubleRDD parallelizeDoubles(List<Double> records, int slices) {
        return new LocalDoubleRdd(DatasetNode.source(scope, "parallelizeDoubles", new ListRows(records, slices)));
    }

    @Override
    public <T> RDD<T> empty() {
        return rdd("emptyRDD", new ListRows(List.of(), 0));
    }

    @Override
    public LocalProperties localProperties() {
        return scope.shared().localProperties();
    }

    @Override
    public <T> RDD<T> union(List<RDD<T>> parts) {
        return new LocalRdd<>(unionOf(parts));
    }

    @Override
    public <K, V> PairRDD<K, V> unionPairs(List<PairRDD<K, V>> parts) {
        return new LocalPairRdd<>(unionOf(parts));
    }

    @Override
    public DoubleRDD unionDoubles(List<DoubleRDD> parts) {
        return new LocalDoubleRdd(unionOf(parts));
    }

    private DatasetNode unionOf(List<?> parts) {
        return Narrowed.union(
                parts.stream().map(part -> scope.nodeOf("union", part)).toList());
    }

    @Override
    public <T> Broadcast<T> broadcast(T value) {
        return new LocalBroadcast<>(scope.shared().nextId(), value);
    }

    @Override
    public Map<Integer, RDD<?>> persistent() {
        Map<Integer, RDD<?>> found = new TreeMap<>();
        scope.shared().persisted().all().forEach(node -> found.put(node.id(), new LocalRdd<>(node)));
        return found;
    }

    private FileRanges files() {
        return scope.shared().files();
    }

    @Override
    public RDD<String> textFile(String path, int minPartitions) {
        return rdd("textFile " + path, new PulledRows(files().text(path, minPartitions)));
    }

    @Override
    public PairRDD<String, String> wholeTextFiles(String path, int minPartitions) {
        return pairs("wholeTextFiles " + path, new PulledRows(files().wholeTexts(path, minPartitions)));
    }

    @Override
    public PairRDD<String, PortableDataStream> binaryFiles(String path, int minPartitions) {
        return pairs("binaryFiles " + path, new PulledRows(files().wholeFiles(path, minPartitions)));
    }

    @Override
    public RDD<byte[]> binaryRecords(String path, int recordLength) {
        return rdd("binaryRecords " + path, new PulledRows(files().fixedLength(path, recordLength)));
    }

    @Override
    public <T> RDD<T> objectFile(String path, int minPartitions) {
        return rdd(
                "objectFile " + path,
                new PulledRows(files().objects(path, scope.shared().saving().classes())));
    }
}
