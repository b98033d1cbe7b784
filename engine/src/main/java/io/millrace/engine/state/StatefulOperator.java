package io.millrace.engine.state;

import io.millrace.engine.exchange.BatchExchange;
import io.millrace.engine.key.KeySpread;
import io.millrace.engine.task.Rows;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.state.EntryReader;
import io.millrace.offheap.state.KeyedStore;
import io.millrace.plan.OperatorId;
import java.util.List;

/**
 * What an operator that remembers something does with a batch: {@link #advance}, and then either {@link #commit} or {@link #rollback}, which
 * leaves it as it was before the batch. A batch that was rolled back counts as one without rows when the next one comes.
 *
 * <p>Owner: the job thread; results may be read by several threads until the next advance.
 */
public interface StatefulOperator extends AutoCloseable {
    /** Its name in the plan. */
    OperatorId id();

    /** Whether the rows of a batch matter: those between two windows do not. */
    default boolean wantsRows(BatchTime time) {
        return true;
    }

    /**
     * Take a batch in.
     *
     * @param rows of the batch; null if there are none, or they do not matter
     * @param steps runs the work, in parallel
     * @throws Exception what a function threw, or what has no room; a rollback has to follow
     */
    void advance(BatchTime time, Rows rows, BatchExchange.Steps steps) throws Exception;

    /**
     * Keep what the batch did.
     *
     * @param steps runs the work, in parallel
     * @throws Exception what ended the workers; what is remembered is then of no use
     */
    void commit(BatchExchange.Steps steps) throws Exception;

    /**
     * Write into a log, from now on, what each batch changes: it is whole when {@link #commit} has returned.
     *
     * @return the log, whose reader clears it; what a batch that was rolled back has left in it is of no use
     */
    OperatorLog keepLog(MemoryLedger ledger);

    /** Whether what keys have is kept: in the log, and as a whole, all that is in {@link #stores}. */
    boolean keepsKeys();

    /**
     * For how long the rows of a batch are to be kept.
     *
     * @return milliseconds; 0 if there are none
     */
    long logLengthMs();

    /**
     * Take in what a log has kept. Before the first batch, in the order in which it was logged.
     *
     * @param entries reads them as the log's owner wrote them
     * @param spread says where keys belong; null if not by key
     */
    void restore(LoggedState logged, EntryReader entries, KeySpread spread, BatchExchange.Steps steps) throws Exception;

    /** All was taken in, and a batch at that time was the last one. */
    void restored(BatchTime last, BatchExchange.Steps steps) throws Exception;

    /** Undo what the batch did, as far as it came. */
    void rollback();

    /** What comes out of the batch taken in last; null if there is no dataset of it. */
    Rows result();

    /** All keys with what is remembered of them, after the batch taken in last. */
    Rows states();

    /** Where it remembers, one for each partition; empty if not by key. */
    List<KeyedStore> stores();

    @Override
    void close();
}
