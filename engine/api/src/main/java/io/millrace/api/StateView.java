package io.millrace.api;

import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What a stateful operator remembers, for threads outside of the batches. A call sees the state after the last complete batch; it waits
 * for the batch that is being run, if one is, and batches wait for it no longer than one key takes.
 *
 * <p>Safe from several threads. With master {@code local[0]}, a call from inside an output sees the state after that output's batch.
 *
 * @param <K> key type
 * @param <S> state type
 */
public interface StateView<K, S> {
    /** The state of a key; empty if it has none, or one that is null. */
    Optional<S> get(K key);

    /**
     * Each key and its state, all as of one batch, in no particular order. Batches go on meanwhile; what they change is kept as it was
     * until this has passed.
     *
     * @param each called on the calling thread, between batches: it should be quick
     */
    void forEach(BiConsumer<? super K, ? super S> each);

    /** How many keys have a state. */
    long size();

    /** The last complete batch; empty before the first. */
    Optional<Time> asOf();
}
