package io.millrace.engine.local;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.Durations;
import io.millrace.api.MillraceConf;
import io.millrace.api.MissingJvmFlagsException;
import io.millrace.api.PairDStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Reducers;
import org.junit.jupiter.api.Test;

/** In a JVM without our agent and without the flags, as this module's tests are run. */
class StateWithoutFlagsTest {
    private static PairDStream<String, Integer> ones(StreamingContext context) {
        return context.pushStream(String.class).mapToPair(word -> new Tuple2<>(word, 1));
    }

    private static StreamingContext context(String store) {
        return new StreamingContext(
                new MillraceConf().setMaster("local[0]").setAppName("flags").set("millrace.state.store", store),
                Durations.seconds(1));
    }

    @Test
    void theFirstStatefulOperatorNamesEachWayOut() {
        try (StreamingContext context = context("chronicle")) {
            MissingJvmFlagsException missing = assertThrows(
                    MissingJvmFlagsException.class,
                    () -> ones(context).updateStateByKey(Reducers.running(Reducers.sumInt())));
            assertFalse(missing.flags().isEmpty());
            assertTrue(missing.getMessage().contains("-javaagent:millrace-agent.jar"), missing.getMessage());
            assertTrue(missing.getMessage().contains(missing.flags().get(0)), missing.getMessage());
            assertTrue(missing.getMessage().contains("millrace.state.store=resident"), missing.getMessage());
        }
    }

    @Test
    void stateInMemoryAndWindowsNeedNoFlags() {
        try (StreamingContext context = context("resident")) {
            assertDoesNotThrow(() -> ones(context).updateStateByKey(Reducers.running(Reducers.sumInt())));
        }
        try (StreamingContext context = context("chronicle")) {
            assertDoesNotThrow(() ->
                    ones(context).reduceByKeyAndWindow(Reducers.sumInt(), Durations.seconds(2), Durations.seconds(1)));
        }
    }
}
