package io.millrace.testkit;

import io.millrace.api.DStream;
import io.millrace.api.DStreamLike;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What comes in by two inputs, batch by batch; next comes the program.
 *
 * @param <T> record type of the first
 * @param <U> record type of the second
 */
public final class TwoStories<T, U> {
    private final Script script;

    TwoStories(long batchMs, Map<String, String> settings, List<List<T>> first, List<List<U>> second) {
        this.script = new Script(batchMs, settings, List.of(first, second));
    }

    /** The program under test: from both streams that come in to the one whose batches are looked at. */
    @SuppressWarnings("unchecked") // the inputs are of these types, in this order
    public <R> Expectations<R> streams(BiFunction<DStream<T>, DStream<U>, ? extends DStreamLike<R, ?, ?>> program) {
        return new Expectations<>(
                script, inputs -> program.apply((DStream<T>) inputs.get(0), (DStream<U>) inputs.get(1)));
    }
}
