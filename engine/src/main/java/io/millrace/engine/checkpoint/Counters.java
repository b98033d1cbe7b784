package io.millrace.engine.checkpoint;

import io.millrace.api.DurableCounter;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/** Counters of the program, and those that an earlier one had, by name. Owner: the job thread; the starting thread before it. */
final class Counters {
    private final Map<String, DurableCounter> counters;
    private final Map<String, Long> logged = new TreeMap<>();

    Counters(Map<String, DurableCounter> counters) {
        this.counters = counters;
    }

    /** Values that count, before the first batch. */
    void restore(Map<String, Long> values) {
        logged.putAll(values);
        counters.forEach((name, counter) -> counter.add(values.getOrDefault(name, 0L)));
    }

    /** Whether a value is another one than that written last; from now on it is that one. */
    boolean haveChanged() {
        boolean haveChanged = false;
        for (DurableCounter counter : counters.values()) {
            long value = counter.value();
            Long before = logged.put(counter.name(), value);
            haveChanged |= value != (before == null ? 0 : before);
        }
        return haveChanged;
    }

    boolean isEmpty() {
        return logged.isEmpty();
    }

    /** Write the values that {@link #haveChanged} has seen. */
    void write(FrameWriter into, long timeMs) {
        into.begin().putLong(timeMs).putInt(logged.size());
        logged.forEach((name, value) -> into.putText(name).putLong(value));
    }

    /** Values as a frame has them, as of a batch. */
    record Values(long timeMs, Map<String, Long> byName) {
        static Values read(DirectBuffer payload) {
            FrameReader from = new FrameReader(payload);
            long timeMs = from.readLong();
            Map<String, Long> values = new TreeMap<>();
            for (int left = from.readInt(); left > 0; left--) {
                values.put(from.readText(), from.readLong());
            }
            return new Values(timeMs, values);
        }
    }
}
