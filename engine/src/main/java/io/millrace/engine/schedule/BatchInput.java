package io.millrace.engine.schedule;

import io.millrace.engine.task.BlockRows;
import io.millrace.engine.task.Rows;
import java.util.List;

/** One source as the conductor sees it. Owner: the conductor, for all methods but {@link #committed}. */
public interface BatchInput extends AutoCloseable {
    /** What it reads, for people: {@code socket localhost:9999}. */
    String name();

    /** Begin to receive. */
    void start();

    /** Drive the source, where the caller drives, and make room in its ring; how much was done. */
    int doWork();

    /** Seal what has arrived so far; it waits for its batch. */
    void cut();

    /**
     * What belongs to a batch: everything that has arrived so far, sealed. The taker releases it.
     *
     * @param batchTimeMs the batch's time, milliseconds since the epoch
     */
    Taken take(long batchTimeMs);

    /**
     * The share that was described, again. Before {@link #start}.
     *
     * @return the share; its description may be another one, which is true from now on
     * @throws IllegalStateException if what it was made of is no longer as it was
     */
    default Taken replay(byte[] description) {
        throw new IllegalStateException(name() + " cannot give a share again");
    }

    /**
     * What was taken so far, as far as a run that goes on has to know.
     *
     * @return empty if nothing has to be known
     */
    default byte[] save() {
        return new byte[0];
    }

    /** Go on behind what {@link #save} gave. Before {@link #prepare}. */
    default void restore(byte[] saved) {}

    /** Be ready for {@link #skip} and {@link #replay}; a part of {@link #start} that may come before the rest. */
    default void prepare() {}

    /** A share was taken that is not wanted again. Before {@link #start}. */
    default void skip(byte[] description) {}

    /**
     * The batch of a time and all before it were run and, where there is a checkpoint, are committed for good: what they had of this source
     * is never needed again. Any thread, one at a time; returns at once.
     */
    default void committed(long batchTimeMs) {}

    /** Whether something waits for a batch. */
    boolean hasWaiting();

    /** How many records were received and are sealed, and wait for a batch. */
    long waitingRecords();

    /** Take nothing new. */
    void requestStop();

    /** Take nothing new, from now on and whoever gives it, also if it is not {@link #isStopped}. */
    void refuse();

    /** Whether nothing new will come after {@link #requestStop}. */
    boolean isStopped();

    /** Whether the source has come to its own end. */
    boolean isComplete();

    /** Free what waits and end the source's threads. */
    @Override
    void close();

    /**
     * A source's share of a batch.
     *
     * @param rows null if the source has no dataset in this batch, which is less than an empty one: what is made of it alone has
     *     none either and its outputs do not run
     * @param summary what is told of it
     * @param release gives the memory back; called once, after the batch
     * @param description by which {@link BatchInput#replay} gives the same share again; null if nothing can
     */
    record Taken(Rows rows, InputSummary summary, Runnable release, byte[] description) {
        /** An empty share. */
        public static final Taken NOTHING = new Taken(new BlockRows(List.of()), () -> {});

        /** A share of which nothing is told. */
        public Taken(Rows rows, Runnable release) {
            this(rows, InputSummary.NOTHING, release);
        }

        /** A share that cannot be given again. */
        public Taken(Rows rows, InputSummary summary, Runnable release) {
            this(rows, summary, release, null);
        }
    }
}
