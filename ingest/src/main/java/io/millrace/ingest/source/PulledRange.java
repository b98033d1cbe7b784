package io.millrace.ingest.source;

import java.io.IOException;
import java.util.List;

/**
 * What a batch, or a dataset, reads from outside, in partitions. Immutable: every partition can be read any number of times, by any
 * worker, and gives the same rows each time, or an error that says what has changed meanwhile.
 *
 * <p>Thread: any. Owner: nobody; it holds neither memory nor open files. Only its readers do.
 */
public interface PulledRange {
    /** The range of nothing. */
    PulledRange NOTHING = new PulledRange() {
        @Override
        public int partitionCount() {
            return 0;
        }

        @Override
        public long weight() {
            return 0;
        }

        @Override
        public RangeReader open(int partition) {
            throw new IndexOutOfBoundsException("partition " + partition + " of a range without partitions");
        }

        @Override
        public List<String> names() {
            return List.of();
        }

        @Override
        public byte[] describe() {
            return new byte[0];
        }
    };

    /**
     * How many partitions there are.
     *
     * @return 0 or more, always the same
     * @throws io.millrace.api.MillraceException if the range has to be looked for first and is not there
     */
    int partitionCount();

    /** About how many rows there are, as a measure of work; 0 only when it is known that there are none. */
    long weight();

    /**
     * Read one partition from its beginning.
     *
     * @param partition 0 to {@link #partitionCount} - 1
     * @return a reader of the caller's, who closes it
     * @throws IOException if it cannot be read
     */
    RangeReader open(int partition) throws IOException;

    /** What is read, for people and listeners: the paths of files, say, in the order of the partitions. */
    List<String> names();

    /**
     * What is read, for a log: enough for {@link PulledSource#replay} to give the same share again, after a restart too, or to notice that
     * it cannot. No file is read for it.
     *
     * @return versioned bytes of the caller's, in the source's own format; each call the same; none for {@link #NOTHING}
     */
    byte[] describe();
}
