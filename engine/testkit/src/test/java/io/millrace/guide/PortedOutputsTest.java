package io.millrace.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.*;
import io.millrace.scenario.Rig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spark's guide, "Design Patterns for using foreachRDD" and the idempotent outputs of "Semantics of output operations". */
class PortedOutputsTest {
    private static final AtomicInteger OPENED = new AtomicInteger();
    private static final ConcurrentLinkedQueue<String> SENT = new ConcurrentLinkedQueue<>();

    /** A stand-in for what connects to another system. */
    private static final class Connection {
        Connection() {
            OPENED.incrementAndGet();
        }

        void send(String record) {
            SENT.add(record);
        }

        void close() {}
    }

    private static Connection createNewConnection() {
        return new Connection();
    }

    /** A static, lazily filled pool, as the guide asks for. */
    private static final class ConnectionPool {
        private static final ConcurrentLinkedQueue<Connection> IDLE = new ConcurrentLinkedQueue<>();

        static Connection getConnection() {
            Connection idle = IDLE.poll();
            return idle != null ? idle : createNewConnection();
        }

        static void returnConnection(Connection connection) {
            IDLE.add(connection);
        }
    }

    @BeforeEach
    void forget() {
        OPENED.set(0);
        SENT.clear();
    }

    /** Two batches of three records in two partitions each; returns how many connections that took. */
    private static int connectionsOf(Consumer<DStream<String>> output) {
        try (Rig rig = new Rig(Durations.seconds(1))) {
            ArrayDeque<RDD<String>> queue = new ArrayDeque<>();
            queue.add(rig.context.parallelize(List.of("a", "b", "c"), 2));
            queue.add(rig.context.parallelize(List.of("d", "e", "f"), 2));
            output.accept(rig.ssc.queueStream(queue));
            rig.ssc.start();
            rig.toBatch(1);
            rig.toBatch(2);
        }
        List<String> sent = new ArrayList<>(SENT);
        sent.sort(null);
        assertEquals(List.of("a", "b", "c", "d", "e", "f"), sent);
        return OPENED.get();
    }

    @Test
    void aConnectionMadeInTheBodyServesTheBatchSinceNothingIsSerialized() {
        int connections = connectionsOf(dstream -> dstream.foreachRDD(rdd -> {
            Connection connection = createNewConnection();
            rdd.foreach(record -> {
                connection.send(record);
            });
        }));
        assertEquals(2, connections);
    }

    @Test
    void aConnectionMadeForEachRecordServesThatRecord() {
        int connections = connectionsOf(dstream -> dstream.foreachRDD(rdd -> {
            rdd.foreach(record -> {
                Connection connection = createNewConnection();
                connection.send(record);
                connection.close();
            });
        }));
        assertEquals(6, connections);
    }

    @Test
    void aConnectionMadeForEachPartitionServesItsRecords() {
        int connections = connectionsOf(dstream -> dstream.foreachRDD(rdd -> {
            rdd.foreachPartition(partitionOfRecords -> {
                Connection connection = createNewConnection();
                while (partitionOfRecords.hasNext()) {
                    connection.send(partitionOfRecords.next());
                }
                connection.close();
            });
        }));
        assertEquals(4, connections);
    }

    @Test
    void aPoolServesAllBatchesWithAConnectionForEachWorkerAtMost() {
        int connections = connectionsOf(dstream -> dstream.foreachRDD(rdd -> {
            rdd.foreachPartition(partitionOfRecords -> {
                Connection connection = ConnectionPool.getConnection();
                while (partitionOfRecords.hasNext()) {
                    connection.send(partitionOfRecords.next());
                }
                ConnectionPool.returnConnection(connection);
            });
        }));
        assertEquals(true, connections <= 3, connections + " connections"); // two workers and the thread that calls
    }

    @Test
    void timeAndPartitionNameAPartOfABatchForGood() {
        Map<String, List<String>> store = new ConcurrentHashMap<>();
        connectionsOf(dstream -> dstream.foreachRDD((rdd, time) -> {
            rdd.foreachPartition(partitionIterator -> {
                int partitionId = TaskContext.get().partitionId();
                String uniqueId = time.milliseconds() + "-" + partitionId;
                List<String> records = new ArrayList<>();
                partitionIterator.forEachRemaining(records::add);
                SENT.addAll(records);
                store.put(uniqueId, records);
            });
        }));
        assertEquals("{1000-0=[a], 1000-1=[b, c], 2000-0=[d], 2000-1=[e, f]}", new TreeMap<>(store).toString());
    }
}
