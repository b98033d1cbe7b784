package io.millrace.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.listener.StreamingListenerStateRestoring;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestoreProgressTest {
    private final List<StreamingListenerStateRestoring> told = new ArrayList<>();
    private long nanos;
    private final RestoreProgress progress = new RestoreProgress(() -> nanos, told::add);

    @Test
    void progressIsToldEveryFewSecondsAndAtTheEnd() {
        progress.begin(1_000);
        progress.read("counts", 100, 10);
        nanos += RestoreProgress.INTERVAL_NANOS;
        progress.read("counts", 100, 10);
        progress.read("visits", 100, 10);
        nanos += RestoreProgress.INTERVAL_NANOS;
        progress.read("visits", 600, 10);
        progress.end("visits");
        assertEquals(
                List.of(
                        new StreamingListenerStateRestoring("counts", 20, 200, 1_000),
                        new StreamingListenerStateRestoring("visits", 40, 900, 1_000),
                        new StreamingListenerStateRestoring("visits", 40, 900, 900)),
                told);
    }

    @Test
    void nothingIsToldOfACheckpointWithoutState() {
        progress.begin(0);
        nanos += RestoreProgress.INTERVAL_NANOS;
        progress.end(null);
        assertEquals(List.of(), told);
    }
}
