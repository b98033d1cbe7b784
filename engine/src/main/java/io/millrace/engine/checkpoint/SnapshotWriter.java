package io.millrace.engine.checkpoint;

import io.millrace.checkpoint.snapshot.SealedFileRef;
import io.millrace.checkpoint.snapshot.SealedFileWriter;
import io.millrace.engine.state.StatefulOperator;
import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.state.EntryLog;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.offheap.state.StoreSave;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.agrona.CloseHelper;

/**
 * Writes what all keys have into one file, a slice at a time. Between two slices batches may run: a key's value is then that of some batch
 * since the beginning. Owner: the job thread, until all is written.
 */
final class SnapshotWriter implements AutoCloseable {
    private final SealedFileWriter file;
    private final long filesNumber;
    private final ObjectEncoding encoding;
    private final Snapshots.Basis basis;
    private final Queue<Partition> left = new ArrayDeque<>();
    private final EntryLog slice;
    private final FrameWriter frame = new FrameWriter();
    private StoreSave save;
    private int classes;

    /** Keys of one operator that are in one store. */
    private record Partition(String operator, int number, int count, KeyedStore store) {}

    SnapshotWriter(
            SealedFileWriter file,
            long filesNumber,
            List<StatefulOperator> operators,
            MemoryLedger ledger,
            ObjectEncoding encoding,
            Snapshots.Basis basis) {
        this.file = file;
        this.filesNumber = filesNumber;
        this.encoding = encoding;
        this.basis = basis;
        this.slice = new EntryLog(ledger);
        for (StatefulOperator operator : operators) {
            List<KeyedStore> stores = operator.keepsKeys() ? operator.stores() : List.of();
            for (int number = 0; number < stores.size(); number++) {
                left.add(new Partition(operator.id().text(), number, stores.size(), stores.get(number)));
            }
        }
    }

    /**
     * Write some more keys of one partition. No batch is changing what operators remember.
     *
     * @return false when all is written
     * @throws IOException if that failed; the snapshot is then to be closed
     */
    boolean write(int keys) throws IOException {
        Partition partition = left.peek();
        if (partition == null) {
            return false;
        }
        if (save == null) {
            save = partition.store().save();
        }
        boolean hasMore = save.next(keys, slice);
        slice.forEachChunk((buffer, offset, length) -> {
            classes = Snapshots.writeClasses(encoding, file, classes);
            LogFrame.State.begin(
                            frame,
                            partition.operator(),
                            LogFrame.BY_KEY,
                            basis.committedMs(),
                            basis.committedMs() - basis.grid().zeroMs(),
                            partition.number(),
                            partition.count())
                    .putBytes(buffer, offset, length);
            file.append(LogFrame.STATE, LogFrame.VERSION, frame.buffer(), 0, frame.length());
        });
        slice.clear();
        if (!hasMore) {
            save.close();
            save = null;
            left.poll();
        }
        return !left.isEmpty();
    }

    /** From where a run goes on that finds it. */
    Snapshots.Basis basis() {
        return basis;
    }

    /** The highest number that a file had when it began. */
    long filesNumber() {
        return filesNumber;
    }

    /** Nothing more is written. */
    SealedFileRef seal() throws IOException {
        return file.seal();
    }

    /** Give memory back; a file that was not sealed is deleted. */
    @Override
    public void close() {
        CloseHelper.quietCloseAll(save, slice, file);
    }
}
