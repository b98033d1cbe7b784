package io.millrace.jmh.group;

import io.millrace.api.Tuple2;
import io.millrace.engine.exchange.BatchExchange;
import io.millrace.engine.exchange.ExchangeOpener;
import io.millrace.engine.function.LaneMisses;
import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.function.ShapeClasses;
import io.millrace.engine.group.CogroupedRows;
import io.millrace.engine.physical.Redistribution;
import io.millrace.engine.task.ChunkRows;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode.Match;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Two inputs of keyed rows, joined and grouped by one worker: through shuffle and kernel as a batch runs them, and by the loop over
 * a hash map that one would write. Time is for the whole; every row that comes out is made an object, as a program's function
 * would see it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Joins {
    private static final OperatorId OPERATOR = new OperatorId("join");
    private static final int PARTITIONS = 2;
    private static final int WRITERS = 1;

    /** Rows of each input. */
    @Param("100000")
    public int rows;

    /** Distinct keys of each input. */
    @Param({"100000", "10000"})
    public int keys;

    /** What keys are. */
    @Param({"long", "text"})
    public String keyType;

    private final MemoryLedger ledger = new MemoryLedger(1L << 30);
    private final LanePolicy policy = new LanePolicy(true, new ShapeClasses(true, 16), new LaneMisses());
    private final ExchangeOpener opener = new ExchangeOpener(WRITERS, policy, ledger);
    private final Redistribution byKey = new Redistribution.ShuffleByKey(PARTITIONS, null);
    private final WorkerScratch scratch = new WorkerScratch(0);
    private KeyedRows left;
    private KeyedRows right;
    private Rows leftRows;
    private Rows rightRows;
    private BatchExchange leftExchange;
    private BatchExchange rightExchange;

    @Setup(Level.Trial)
    public void fill() {
        boolean areLongs = keyType.equals("long");
        left = new KeyedRows(rows, keys, areLongs, true, 1);
        right = new KeyedRows(rows, keys, areLongs, true, 2);
        leftRows = left.rows(ledger);
        rightRows = right.rows(ledger);
        leftExchange = opener.open(OPERATOR, byKey);
        rightExchange = opener.open(OPERATOR, byKey);
    }

    @TearDown
    public void close() {
        leftExchange.close();
        rightExchange.close();
    }

    private Rows shuffled(Rows input, BatchExchange exchange) throws Exception {
        input.read(0, scratch, exchange.writer(scratch, 0));
        exchange.finish(null);
        return exchange.result();
    }

    private void consume(Rows joined, Blackhole sink) throws Exception {
        for (int partition = 0; partition < joined.partitionCount(); partition++) {
            joined.read(partition, scratch, chunk -> {
                for (int row = 0; row < chunk.rows(); row++) {
                    sink.consume(ChunkRows.record(chunk, row));
                }
            });
        }
        leftExchange.clear();
        rightExchange.clear();
    }

    @Benchmark
    public void join(Blackhole sink) throws Exception {
        Rows both = CogroupedRows.matched(
                "join",
                shuffled(leftRows, leftExchange),
                shuffled(rightRows, rightExchange),
                Match.INNER,
                ledger,
                policy);
        consume(both, sink);
    }

    @Benchmark
    public void joinByHashMap(Blackhole sink) {
        Map<Object, List<Long>> table = new HashMap<>();
        for (Tuple2<Object, Long> row : right.tuples()) {
            table.computeIfAbsent(row._1, key -> new ArrayList<>(1)).add(row._2);
        }
        for (Tuple2<Object, Long> row : left.tuples()) {
            List<Long> matches = table.get(row._1);
            if (matches != null) {
                for (Long match : matches) {
                    sink.consume(new Tuple2<>(row._1, new Tuple2<>(row._2, match)));
                }
            }
        }
    }

    @Benchmark
    public void group(Blackhole sink) throws Exception {
        consume(CogroupedRows.grouped("group", shuffled(leftRows, leftExchange), ledger, policy), sink);
    }

    @Benchmark
    public void groupByHashMap(Blackhole sink) {
        Map<Object, List<Long>> groups = new HashMap<>();
        for (Tuple2<Object, Long> row : left.tuples()) {
            groups.computeIfAbsent(row._1, key -> new ArrayList<>(1)).add(row._2);
        }
        groups.forEach((key, values) -> sink.consume(new Tuple2<>(key, values)));
    }
}
