package io.millrace.jmh.ring;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.millrace.jmh.data.Lines;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The plain alternatives to {@link SlabHandOver}: the same records, each an event or an element of its own, copied once because the
 * giver reuses its bytes.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class QueueHandOver {
    private static final int CAPACITY = 64 * 1024;
    private static final int RECORD_BYTES = SlabHandOver.RECORD_BYTES;

    /** A blocking queue of arrays. */
    @Benchmark
    @OperationsPerInvocation(SlabHandOver.RECORDS)
    public void arrayBlockingQueue(QueueState state) throws InterruptedException {
        for (int at = 0; at < state.bytes.length; at += Lines.LINE_BYTES) {
            state.queue.put(Arrays.copyOfRange(state.bytes, at, at + RECORD_BYTES));
        }
        state.awaitAll();
    }

    /** One event per record, a consumer that waits on a condition. */
    @Benchmark
    @OperationsPerInvocation(SlabHandOver.RECORDS)
    public void disruptorBlocking(BlockingRing state) {
        state.send();
    }

    /** One event per record, a consumer that spins and yields. */
    @Benchmark
    @OperationsPerInvocation(SlabHandOver.RECORDS)
    public void disruptorYielding(YieldingRing state) {
        state.send();
    }

    /** What all have: the records, and a consumer. */
    public abstract static class HandOver {
        final byte[] bytes = Lines.zipf(SlabHandOver.CHUNKS, 10_000, 1).bytes();
        private long sent;

        abstract Consumer consumer();

        final void awaitAll() {
            sent += SlabHandOver.RECORDS;
            consumer().await(sent);
        }

        @Setup
        public final void open() {
            consumer().start();
        }

        @TearDown
        public final void close() throws InterruptedException {
            consumer().stop();
        }
    }

    /** A queue. */
    @State(Scope.Benchmark)
    public static class QueueState extends HandOver {
        private final ArrayBlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(CAPACITY);
        private final Consumer consumer = new Consumer() {
            private final List<byte[]> taken = new ArrayList<>();

            @Override
            int consume() throws InterruptedException {
                byte[] first = queue.take();
                lookAt(first[0]);
                taken.clear();
                queue.drainTo(taken);
                for (byte[] record : taken) {
                    lookAt(record[0]);
                }
                return taken.size() + 1;
            }
        };

        @Override
        Consumer consumer() {
            return consumer;
        }
    }

    /** A ring of records. */
    public abstract static class RecordRing extends HandOver {
        private final Sequence consumed = new Sequence();
        private final RingBuffer<byte[]> ring;
        private final Consumer consumer;

        RecordRing(WaitStrategy wait) {
            ring = RingBuffer.createSingleProducer(() -> new byte[RECORD_BYTES], CAPACITY, wait);
            ring.addGatingSequences(consumed);
            var barrier = ring.newBarrier();
            consumer = new Consumer() {
                @Override
                void wake() {
                    barrier.alert();
                }

                @Override
                int consume() throws InterruptedException {
                    long next = consumed.get() + 1;
                    long last;
                    try {
                        last = barrier.waitFor(next);
                    } catch (AlertException | TimeoutException none) {
                        return 0;
                    }
                    for (long at = next; at <= last; at++) {
                        lookAt(ring.get(at)[0]);
                    }
                    consumed.set(last);
                    return (int) (last - next + 1);
                }
            };
        }

        @Override
        final Consumer consumer() {
            return consumer;
        }

        final void send() {
            for (int at = 0; at < bytes.length; at += Lines.LINE_BYTES) {
                long place = claim();
                System.arraycopy(bytes, at, ring.get(place), 0, RECORD_BYTES);
                ring.publish(place);
            }
            awaitAll();
        }

        private long claim() {
            while (true) {
                try {
                    return ring.tryNext();
                } catch (InsufficientCapacityException full) {
                    LockSupport.parkNanos(1_000);
                }
            }
        }
    }

    /** With a lock and a condition. */
    @State(Scope.Benchmark)
    public static class BlockingRing extends RecordRing {
        public BlockingRing() {
            super(new BlockingWaitStrategy());
        }
    }

    /** With a core that spins. */
    @State(Scope.Benchmark)
    public static class YieldingRing extends RecordRing {
        public YieldingRing() {
            super(new YieldingWaitStrategy());
        }
    }
}
