package io.millrace.engine.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The body of a thread that was made is run here by the test's own, which makes the test's own a source for so long. */
class SourceThreadsTest {
    private final List<Boolean> seen = new ArrayList<>();
    private final SourceThreads threads = new SourceThreads(Thread::new);

    @Test
    void aThreadIsKnownAsASourceWhileItsBodyRunsAndForgottenThen() {
        threads.newThread(() -> seen.add(threads.isCurrent())).run();
        seen.add(threads.isCurrent());

        assertEquals(List.of(true, false), seen);
    }

    @Test
    void aThreadWhoseBodyThrowsIsForgottenToo() {
        Error broken = new AssertionError("in a source");
        Thread thread = threads.newThread(() -> {
            throw broken;
        });

        assertSame(broken, assertThrows(AssertionError.class, thread::run));
        assertFalse(threads.isCurrent());
    }

    @Test
    void aThreadOfAnotherRunIsNoSourceOfThisOne() {
        SourceThreads others = new SourceThreads(Thread::new);

        others.newThread(() -> seen.add(threads.isCurrent())).run();

        assertEquals(List.of(false), seen);
    }
}
