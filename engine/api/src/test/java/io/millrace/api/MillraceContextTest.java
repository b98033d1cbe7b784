package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class MillraceContextTest {

    @Test
    void aListThatIsNotThereIsRefusedAtTheCall() {
        MillraceContext context = MillraceContext.on(new FakeBackend(), FakeBackend.conf());
        String message = assertThrows(NullPointerException.class, () -> context.parallelize(null))
                .getMessage();
        assertTrue(message.startsWith("parallelize(null)"), message);
        message = assertThrows(NullPointerException.class, () -> context.parallelizePairs(null, 2))
                .getMessage();
        assertTrue(message.startsWith("parallelizePairs(null)"), message);
    }

    @Test
    void aStopThatIsRefusedCanBeRepeatedAndTheEngineRunsOnMeanwhile() {
        boolean[] inside = {true};
        FakeBackend backend = new FakeBackend() {
            @Override
            public void close() {
                if (inside[0]) {
                    throw new IllegalStateException("inside an output");
                }
                super.close();
            }
        };
        MillraceContext context = MillraceContext.on(backend, FakeBackend.conf());
        assertThrows(IllegalStateException.class, context::stop);
        assertEquals(backend, context.running());
        inside[0] = false;
        context.stop();
        assertEquals(List.of("close"), backend.calls);
        assertThrows(IllegalStateException.class, context::running);
    }

    @Test
    void aKeyThatLooksLikeOursAndIsNotIsRemarkedOnce() {
        MillraceConf conf = FakeBackend.conf()
                .set("millrace.streaming.blockIntervall", "50ms")
                .set("millrace.executor.cores", "4")
                .set("my.own.key", "x");
        assertEquals(
                List.of(
                        "setting millrace.executor.cores is unknown and changes nothing;"
                                + " io.millrace.conf.Settings lists those that do",
                        "setting millrace.streaming.blockIntervall is unknown and changes nothing;"
                                + " was millrace.streaming.blockInterval meant?"),
                remarksOn(conf));
        assertEquals(List.of(), remarksOn(FakeBackend.conf().set("spark.streaming.blockInterval", "50ms")));
    }

    private static List<String> remarksOn(MillraceConf conf) {
        List<String> remarks = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                remarks.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(UnknownKeys.class.getName());
        logger.addHandler(handler);
        try {
            MillraceContext.on(new FakeBackend(), conf);
        } finally {
            logger.removeHandler(handler);
        }
        return remarks;
    }
}
