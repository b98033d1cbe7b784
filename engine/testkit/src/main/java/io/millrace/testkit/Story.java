package io.millrace.testkit;

import io.millrace.api.DStream;
import io.millrace.api.DStreamLike;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What comes in, batch by batch; next comes the program.
 *
 * @param <T> record type
 */
public final class Story<T> {
    private final long batchMs;
    private final Map<String, String> settings;
    private final List<List<T>> batches;

    Story(long batchMs, Map<String, String> settings, List<List<T>> batches) {
        this.batchMs = batchMs;
        this.settings = settings;
        this.batches = batches;
    }

    /** A second input beside this one, for programs that bring two streams together. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final <U> TwoStories<T, U> beside(List<? extends U>... others) {
        return new TwoStories<>(batchMs, settings, batches, Scenario.copy(Arrays.asList(others)));
    }

    /** The program under test: from the stream that comes in to the stream whose batches are looked at. */
    @SuppressWarnings("unchecked") // the one input is of this story's type
    public <U> Expectations<U> stream(Function<DStream<T>, ? extends DStreamLike<U, ?, ?>> program) {
        return new Expectations<>(
                new Script(batchMs, settings, List.of(batches)), inputs -> program.apply((DStream<T>) inputs.get(0)));
    }
}
