package io.millrace.testkit;

import io.millrace.api.Duration;
import io.millrace.api.Tuple2;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A test of a program as a table of batches: what comes in, what should come out.
 *
 * <pre>{@code
 * Scenario.batchesEvery(seconds(1))
 *         .words("a a b", "a", "")                       // batches at 1 s, 2 s, 3 s
 *         .stream(words -> words.countByValue())
 *         .expect(at(1), count("a", 2), count("b", 1))
 *         .expect(at(2), count("a", 1))
 *         .run();
 * }</pre>
 *
 * <p>{@link Expectations#run} plays the story many ways: with no, one and two workers; all records of a batch in one block and
 * each in its own; in primitive lanes and as plain objects; through a push stream (text as bytes) and a queue of datasets. The
 * results may not depend on it. The clock is stepped, nobody waits. After each play no memory may be held off the heap and no
 * thread may live on.
 *
 * <p>Batch n has the time n × interval; the clock begins at the epoch.
 */
public final class Scenario {
    private final Duration interval;
    private final Map<String, String> settings = new LinkedHashMap<>();

    private Scenario(Duration interval) {
        this.interval = Objects.requireNonNull(interval, "interval");
    }

    /** A story with batches of that interval. */
    public static Scenario batchesEvery(Duration interval) {
        return new Scenario(interval);
    }

    /** Set something of the configuration, for all plays; it goes before what the plays themselves set. */
    public Scenario set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Each text is a batch, its words the records; words stand between blanks, and an empty text is an empty batch. */
    public Story<String> words(String... batches) {
        return story(Arrays.stream(batches)
                .map(text -> text.isBlank()
                        ? List.<String>of()
                        : List.of(text.strip().split("\\s+")))
                .toList());
    }

    /** Each text is a batch, its lines the records, as {@link String#lines()} has them; an empty text is an empty batch. */
    public Story<String> lines(String... batches) {
        return story(Arrays.stream(batches).map(text -> text.lines().toList()).toList());
    }

    /** Each list is a batch; records may be null. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final <T> Story<T> records(List<? extends T>... batches) {
        return story(Arrays.asList(batches));
    }

    private <T> Story<T> story(List<? extends List<? extends T>> batches) {
        return new Story<>(interval.milliseconds(), Map.copyOf(settings), copy(batches));
    }

    static <T> List<List<T>> copy(List<? extends List<? extends T>> batches) {
        List<List<T>> copy = new ArrayList<>();
        for (List<? extends T> batch : batches) {
            copy.add(Collections.unmodifiableList(new ArrayList<>(batch)));
        }
        return copy;
    }

    /** The batch of that number; 1 is the first. */
    public static At at(int batch) {
        return new At(batch);
    }

    /** A record of a stream of counts: so often that value. */
    public static <T> Tuple2<T, Long> count(T value, long times) {
        return new Tuple2<>(value, times);
    }

    /** A record of a keyed stream. */
    public static <K, V> Tuple2<K, V> pair(K key, V value) {
        return new Tuple2<>(key, value);
    }
}
