package io.millrace.engine.checkpoint;

import io.millrace.engine.schedule.BatchInput;
import io.millrace.engine.schedule.BatchPlan;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * What a frame of the batch log says. Texts and bytes are an int, their length, and what it counts; numbers are little-endian.
 *
 * <pre>
 *   1 PLAN     zero ms, batch interval ms, batch time ms (long each); count (int), of each source: its id (text), its share (bytes, -1: none)
 *   2 STATE    operator (text), kind (int: 1 by key, 2 rows of a window), batch time ms, ms since zero (long each),
 *              partition, partitions (int each), entries (bytes)
 *   3 COMMIT   batch time ms (long): all that is in front of it and of a batch up to that time counts
 *   4 CLASSES  number of the first (int), count (int), of each class: name, schema (text each)
 *   5 RESUME   nothing: what is in front of it and not committed was of a process that has ended
 *   6 STAGED   batch time ms (long), description (text): written by an output, to be published when the batch is committed
 *   7 PUBLISHED batch time ms (long): all that was staged for that batch is published
 *   8 COUNTERS batch time ms (long), count (int), of each counter: name (text), value (long); counts if that batch does
 * </pre>
 */
final class LogFrame {
    static final int PLAN = 1;
    static final int STATE = 2;
    static final int COMMIT = 3;
    static final int CLASSES = 4;
    static final int RESUME = 5;
    static final int STAGED = 6;
    static final int PUBLISHED = 7;
    static final int COUNTERS = 8;
    static final int VERSION = 1;

    static final int BY_KEY = 1;
    static final int ROWS = 2;

    private LogFrame() {}

    /**
     * A batch that will be run with that input.
     *
     * @param inputs by source id
     */
    record Planned(long zeroMs, long batchMs, long timeMs, List<Share> inputs) {
        record Share(String source, byte[] description) {}

        static Planned of(BatchPlan batch, long batchMs, List<String> sources) {
            List<Share> shares = new ArrayList<>();
            for (int source = 0; source < sources.size(); source++) {
                BatchInput.Taken taken = batch.inputs().get(source);
                shares.add(new Share(sources.get(source), taken.description()));
            }
            return new Planned(batch.zeroMs(), batchMs, batch.timeMs(), shares);
        }

        void write(FrameWriter into) {
            into.begin().putLong(zeroMs).putLong(batchMs).putLong(timeMs).putInt(inputs.size());
            inputs.forEach(share -> into.putText(share.source()).putBytes(share.description()));
        }

        static Planned read(DirectBuffer payload) {
            FrameReader from = new FrameReader(payload);
            long zeroMs = from.readLong();
            long batchMs = from.readLong();
            long timeMs = from.readLong();
            List<Share> shares = new ArrayList<>();
            for (int left = from.readInt(); left > 0; left--) {
                shares.add(new Share(from.readText(), from.readBytes()));
            }
            return new Planned(zeroMs, batchMs, timeMs, shares);
        }
    }

    /** What a batch has changed of one operator in one partition. */
    record State(
            String operator, int kind, long timeMs, long sinceZeroMs, int partition, int partitions, byte[] entries) {
        /** Writes the fields in front of the entries; these follow as bytes. */
        static FrameWriter begin(
                FrameWriter into,
                String operator,
                int kind,
                long timeMs,
                long sinceZeroMs,
                int partition,
                int partitions) {
            return into.begin()
                    .putText(operator)
                    .putInt(kind)
                    .putLong(timeMs)
                    .putLong(sinceZeroMs)
                    .putInt(partition)
                    .putInt(partitions);
        }

        void write(FrameWriter into) {
            begin(into, operator, kind, timeMs, sinceZeroMs, partition, partitions)
                    .putBytes(entries);
        }

        static State read(DirectBuffer payload) {
            FrameReader from = new FrameReader(payload);
            return new State(
                    from.readText(),
                    from.readInt(),
                    from.readLong(),
                    from.readLong(),
                    from.readInt(),
                    from.readInt(),
                    from.readBytes());
        }
    }
}
