package io.millrace.testkit;

import io.millrace.api.DStream;
import io.millrace.api.DStreamLike;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What should come out, batch by batch. A batch that nothing is said of should give nothing.
 *
 * @param <U> record type of the stream that is looked at
 */
public final class Expectations<U> {
    private final Script script;
    private final Function<List<DStream<?>>, DStreamLike<U, ?, ?>> program;
    private final TreeMap<Integer, Expected> expected = new TreeMap<>();

    Expectations(Script script, Function<List<DStream<?>>, DStreamLike<U, ?, ?>> program) {
        this.script = script;
        this.program = program;
    }

    /** Exactly these records, in any order. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final Expectations<U> expect(At at, U... records) {
        return expect(at, Expected.anyOrder(Arrays.asList(records)));
    }

    /** Exactly these records, in this order. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final Expectations<U> expectOrdered(At at, U... records) {
        return expect(at, Expected.ordered(Arrays.asList(records)));
    }

    /** No record, as is expected of every batch that is not mentioned. */
    public Expectations<U> expectNothing(At at) {
        return expect(at, Expected.ordered(List.of()));
    }

    /** An error whose message, or that of one of its causes, holds each of the words. */
    public Expectations<U> expectError(At at, String... words) {
        return expectError(at, Throwable.class, words);
    }

    /** An error of that class whose message, or that of one of its causes, holds each of the words. */
    public Expectations<U> expectError(At at, Class<? extends Throwable> type, String... words) {
        return expect(at, Expected.error(type, words));
    }

    private Expectations<U> expect(At at, Expected of) {
        if (expected.put(at.batch(), of) != null) {
            throw new IllegalArgumentException("batch " + at.batch() + " is expected to be two things; say all in one");
        }
        return this;
    }

    /**
     * Play the story in every way.
     *
     * @throws AssertionError if a batch gave something else, memory was held or a thread lived on; names the way of playing and
     *     the batch
     */
    public void run() {
        int batches = Math.max(script.batches(), expected.isEmpty() ? 0 : expected.lastKey());
        if (batches == 0) {
            throw new IllegalArgumentException("a story of no batches; give some records, or expect something");
        }
        List<Variant> variants = Variant.all();
        List<Variant> wrong = new ArrayList<>();
        Throwable first = null;
        for (Variant variant : variants) {
            try {
                check(new Play(script, program, variant).run(batches));
            } catch (RuntimeException | AssertionError failure) {
                wrong.add(variant);
                first = first == null ? failure : first;
            }
        }
        if (first != null) {
            throw new AssertionError(
                    "played with " + wrong.get(0) + ": " + first.getMessage() + "\nThe story went wrong in "
                            + wrong.size() + " of " + variants.size() + " ways of playing it"
                            + (wrong.size() == variants.size() ? "." : ": " + wrong),
                    first);
        }
    }

    private void check(List<Outcome> outcomes) {
        for (int batch = 1; batch <= outcomes.size(); batch++) {
            try {
                expected.getOrDefault(batch, Expected.ordered(List.of())).check(outcomes.get(batch - 1));
            } catch (AssertionError different) {
                throw new AssertionError(
                        "batch " + batch + " (" + batch * script.batchMs() + " ms): " + different.getMessage(),
                        different);
            }
        }
    }
}
