package io.millrace.testkit;

import java.util.List;
import java.util.Map;

/**
 * What is played.
 *
 * @param inputs records by input, batch and place
 */
record Script(long batchMs, Map<String, String> settings, List<? extends List<? extends List<?>>> inputs) {
    /** How many batches something comes in for. */
    int batches() {
        return inputs.stream().mapToInt(List::size).max().orElse(0);
    }

    /** The records of an input in a batch, counted from 1; none after its last. */
    List<?> records(int input, int batch) {
        List<? extends List<?>> batches = inputs.get(input);
        return batch <= batches.size() ? batches.get(batch - 1) : List.of();
    }
}
