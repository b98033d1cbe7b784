package io.millrace.engine.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.HashPartitioner;
import io.millrace.api.Partitioner;
import io.millrace.api.Tuple2;
import io.millrace.engine.key.KeySpread;
import io.millrace.engine.task.ChunkRows;
import io.millrace.engine.task.ListRows;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.plan.OperatorId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShuffleExchangeTest {
    private static final OperatorId OPERATOR = new OperatorId("shuffle");

    private final MemoryLedger ledger = new MemoryLedger(1L << 20);
    private ShuffleExchange exchange;

    @AfterEach
    void nothingIsHeldAfterTheClose() {
        exchange.close();
        assertEquals(0, ledger.usedBytes());
    }

    /** Reads the input's partitions in that order, each by the writer of its number. */
    private void write(Rows input, int[] order, int[] writerOf) throws Exception {
        for (int partition : order) {
            WorkerScratch scratch = new WorkerScratch(writerOf[partition]);
            input.read(partition, scratch, exchange.writer(scratch, partition));
        }
        exchange.finish(null);
    }

    private List<List<Object>> result() throws Exception {
        List<List<Object>> partitions = new ArrayList<>();
        Rows rows = exchange.result();
        for (int partition = 0; partition < rows.partitionCount(); partition++) {
            List<Object> records = new ArrayList<>();
            rows.read(partition, new WorkerScratch(0), chunk -> {
                for (int row = 0; row < chunk.rows(); row++) {
                    records.add(ChunkRows.record(chunk, row));
                }
            });
            partitions.add(records);
        }
        return partitions;
    }

    @Test
    void rowsComeInTheOrderOfTheInputWhoeverWroteThemAndWhen() throws Exception {
        Rows input = new ListRows(IntStream.range(0, 5000).boxed().toList(), 4);
        exchange = ShuffleExchange.inTurn(3, 2, ledger);
        write(input, new int[] {0, 1, 2, 3}, new int[] {0, 0, 0, 0});
        List<List<Object>> byOne = result();
        exchange.clear();
        write(input, new int[] {3, 1, 0, 2}, new int[] {1, 0, 1, 0});
        assertEquals(byOne, result());
        assertEquals(5000, exchange.result().inputRows());
    }

    @Test
    void rowsDealtOutInTurnSpreadEvenly() throws Exception {
        exchange = ShuffleExchange.inTurn(5, 1, ledger);
        write(new ListRows(IntStream.range(0, 1003).boxed().toList(), 2), new int[] {0, 1}, new int[] {0, 0});
        for (List<Object> partition : result()) {
            assertTrue(partition.size() >= 200 && partition.size() <= 202, partition.size() + " rows");
        }
    }

    @Test
    void aHashPartitionerSendsKeysWhereSparkDoes() throws Exception {
        List<Tuple2<String, Integer>> pairs =
                List.of(new Tuple2<>("california", 1), new Tuple2<>("new york", 2), new Tuple2<>(null, 3));
        exchange = ShuffleExchange.byKey("shuffle", new KeySpread(OPERATOR, 2, new HashPartitioner(2)), 1, ledger);
        write(new ListRows(pairs, 1), new int[] {0}, new int[] {0});
        List<List<Object>> partitions = result();
        for (Tuple2<String, Integer> pair : pairs) {
            int expected = pair._1 == null ? 0 : Math.floorMod(pair._1.hashCode(), 2);
            assertTrue(partitions.get(expected).contains(pair), pair + " in " + partitions);
        }
    }

    @Test
    void aPartitionerThatNamesNoPartitionIsToldOf() {
        Partitioner wild = new Partitioner() {
            private static final long serialVersionUID = 1L;

            @Override
            public int numPartitions() {
                return 2;
            }

            @Override
            public int getPartition(Object key) {
                return 7;
            }

            @Override
            public String toString() {
                return "wild";
            }
        };
        exchange = ShuffleExchange.byKey("shuffle", new KeySpread(OPERATOR, 2, wild), 1, ledger);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> write(new ListRows(List.of(new Tuple2<>("key", 1)), 1), new int[] {0}, new int[] {0}))
                .getMessage();
        assertEquals("the partitioner of 'shuffle', wild, put the key key into partition 7; expected 0 to 1", message);
    }

    @Test
    void whatIsNoPairCannotGoByKey() {
        exchange = ShuffleExchange.byKey("shuffle", new KeySpread(OPERATOR, 2, null), 1, ledger);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> write(new ListRows(List.of("alone"), 1), new int[] {0}, new int[] {0}))
                .getMessage();
        assertTrue(message.contains("'shuffle'") && message.contains("alone"), message);
    }
}
