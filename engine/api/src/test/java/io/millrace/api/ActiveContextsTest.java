package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.spi.RunSpec;
import io.millrace.spi.StreamingRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One active context per JVM, unless a program says otherwise (behaviour spec 2.1, 2.2 E5, 5.4). */
class ActiveContextsTest {
    private static final String SEVERAL = "millrace.streaming.allowMultipleContexts";

    @BeforeEach
    @AfterEach
    void stopAll() {
        while (StreamingContext.getActive().isPresent()) {
            StreamingContext.getActive().get().stop();
        }
    }

    private static StreamingContext context(FakeBackend backend, boolean severalAllowed) {
        MillraceConf conf = FakeBackend.conf().set(SEVERAL, String.valueOf(severalAllowed));
        StreamingContext context = new StreamingContext(MillraceContext.on(backend, conf), Durations.seconds(1));
        backend.pushStream(context, String.class);
        return context;
    }

    private static StreamingContext single() {
        return context(new FakeBackend(), false);
    }

    @Test
    void aContextIsActiveFromItsStartToItsStop() {
        StreamingContext context = single();
        assertTrue(StreamingContext.getActive().isEmpty());
        context.start();
        assertSame(context, StreamingContext.getActive().orElseThrow());
        context.stop();
        assertTrue(StreamingContext.getActive().isEmpty());
    }

    @Test
    void aSecondContextIsRefusedAndMayStartWhenTheFirstHasStopped() {
        StreamingContext first = single();
        StreamingContext second = single();
        first.start();
        String refusal =
                assertThrows(IllegalStateException.class, second::start).getMessage();
        assertTrue(refusal.contains("Only one StreamingContext may be started per JVM"), refusal);
        assertTrue(refusal.contains("ActiveContextsTest.java:"), "names where the first was started: " + refusal);
        assertTrue(refusal.contains(SEVERAL), "names the way out: " + refusal);
        assertEquals(StreamingContextState.INITIALIZED, second.getState());
        first.stop();
        second.start();
        assertSame(second, StreamingContext.getActive().orElseThrow());
    }

    @Test
    void severalContextsMayBeActiveIfTheLaterOnesAllowIt() {
        StreamingContext first = single();
        StreamingContext second = context(new FakeBackend(), true);
        first.start();
        second.start();
        assertSame(second, StreamingContext.getActive().orElseThrow());
        assertThrows(IllegalStateException.class, single()::start);
        second.stop();
        assertSame(first, StreamingContext.getActive().orElseThrow());
    }

    @Test
    void aContextThatFailedToStartIsNotActive() {
        StreamingContext broken = context(
                new FakeBackend() {
                    @Override
                    public StreamingRun start(MillraceContext owner, RunSpec spec) {
                        throw new IllegalArgumentException("no such source");
                    }
                },
                false);
        assertThrows(IllegalArgumentException.class, broken::start);
        assertEquals(StreamingContextState.STOPPED, broken.getState());
        assertTrue(StreamingContext.getActive().isEmpty());
        single().start();
    }

    @Test
    void theActiveContextIsGivenBeforeANewOneIsMade() {
        StreamingContext made = single();
        assertSame(made, StreamingContext.getActiveOrCreate(() -> made));
        StreamingContext active = single();
        active.start();
        assertSame(active, StreamingContext.getActiveOrCreate(() -> made));
        assertSame(active, StreamingContext.getActiveOrCreate("no such directory", () -> made));
        active.stop();
        assertSame(made, StreamingContext.getActiveOrCreate("no such directory", () -> made));
        assertEquals(StreamingContextState.INITIALIZED, made.getState());
    }

    @Test
    void whatTheMakingFunctionThrowsIsTold() {
        MillraceException told = assertThrows(
                MillraceException.class,
                () -> StreamingContext.getActiveOrCreate(() -> {
                    throw new java.io.IOException("no configuration");
                }));
        assertTrue(told.getMessage().contains("no configuration"), told.getMessage());
    }
}
