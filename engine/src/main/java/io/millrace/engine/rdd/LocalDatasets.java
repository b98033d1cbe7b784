package io.millrace.engine.rdd;

import io.millrace.api.Broadcast;
import io.millrace.api.DoubleRDD;
import io.millrace.api.PairRDD;
import io.millrace.api.PortableDataStream;
import io.millrace.api.RDD;
import io.millrace.api.Tuple2;
import io.millrace.engine.task.ListRows;
import io.millrace.engine.task.Rows;
import io.millrace.spi.Datasets;
import io.millrace.spi.LocalProperties;
import java.util.List;
import java.util.Map;

/** The datasets of one context on this engine. */
public final class LocalDatasets implements Datasets {
    private final DatasetScope scope;
    private final LocalProperties localProperties;

    /** Datasets of that scope. */
    public LocalDatasets(DatasetScope scope, LocalProperties localProperties) {
        this.scope = scope;
        this.localProperties = localProperties;
    }

    private <T> LocalRdd<T> rdd(Rows rows) {
        return new LocalRdd<>(rows, scope);
    }

    private <K, V> LocalPairRdd<K, V> pairs(Rows rows) {
        return new LocalPairRdd<>(rows, scope);
    }

    private LocalDoubleRdd doubles(Rows rows) {
        return new LocalDoubleRdd(rows, scope);
    }

    @Override
    public <T> RDD<T> parallelize(List<T> records, int slices) {
        return rdd(new ListRows(records, slices));
    }

    @Override
    public <K, V> PairRDD<K, V> parallelizePairs(List<Tuple2<K, V>> records, int slices) {
        return pairs(new ListRows(records, slices));
    }

    @Override
    public DoubleRDD parallelizeDoubles(List<Double> records, int slices) {
        return doubles(new ListRows(records, slices));
    }

    @Override
    public <T> RDD<T> empty() {
        return rdd(new ListRows(List.of(), 0));
    }

    @Override
    public LocalProperties localProperties() {
        return localProperties;
    }
    // unbuilt begin
    @Override
    public RDD<String> textFile(String path, int minPartitions) {
        throw new UnsupportedOperationException("textFile");
    }

    @Override
    public PairRDD<String, String> wholeTextFiles(String path, int minPartitions) {
        throw new UnsupportedOperationException("wholeTextFiles");
    }

    @Override
    public PairRDD<String, PortableDataStream> binaryFiles(String path, int minPartitions) {
        throw new UnsupportedOperationException("binaryFiles");
    }

    @Override
    public RDD<byte[]> binaryRecords(String path, int recordLength) {
        throw new UnsupportedOperationException("binaryRecords");
    }

    @Override
    public <T> RDD<T> objectFile(String path, int minPartitions) {
        throw new UnsupportedOperationException("objectFile");
    }

    @Override
    public <T> RDD<T> union(List<RDD<T>> parts) {
        throw new UnsupportedOperationException("union");
    }

    @Override
    public <K, V> PairRDD<K, V> unionPairs(List<PairRDD<K, V>> parts) {
        throw new UnsupportedOperationException("unionPairs");
    }

    @Override
    public DoubleRDD unionDoubles(List<DoubleRDD> parts) {
        throw new UnsupportedOperationException("unionDoubles");
    }

    @Override
    public <T> Broadcast<T> broadcast(T value) {
        throw new UnsupportedOperationException("broadcast");
    }

    @Override
    public Map<Integer, RDD<?>> persistent() {
        throw new UnsupportedOperationException("persistent");
    }
    // unbuilt end
}
