package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceException;
import io.millrace.conf.FailurePolicy;
import org.junit.jupiter.api.Test;

class EngineConfigTest {
    private static EngineConfig of(String master) {
        return EngineConfig.of(new MillraceConf(false).setMaster(master));
    }

    @Test
    void theMasterNamesTheNumberOfWorkers() {
        assertEquals(1, of("local").workers());
        assertEquals(3, of("local[3]").workers());
        assertEquals(3, of("local[ 3 , 4 ]").workers());
        assertEquals(Runtime.getRuntime().availableProcessors(), of("local[*]").workers());
        assertEquals(1024, of("local[1024]").workers());
    }

    @Test
    void withoutWorkersTheCallerDrives() {
        assertTrue(of("local[0]").callerDriven());
        assertEquals(1, of("local[0]").defaultPartitions());
        assertFalse(of("local[1]").callerDriven());
        assertThrows(
                IllegalArgumentException.class,
                () -> new EngineConfig(0, 1, 0, true, false, false, false, 0, FailurePolicy.CONTINUE, 1));
    }

    @Test
    void partitionsAreAsManyAsWorkersUnlessTold() {
        assertEquals(2, of("local[2]").defaultPartitions());
        assertEquals(
                7,
                EngineConfig.of(new MillraceConf(false).setMaster("local[2]").set("millrace.default.parallelism", "7"))
                        .defaultPartitions());
    }

    @Test
    void otherMastersAreNotOurs() {
        for (String master : new String[] {"spark://host:7077", "local[", "local[-1]", "local[x]", "yarn", ""}) {
            assertFalse(EngineConfig.isLocal(master), master);
            assertThrows(MillraceException.class, () -> of(master));
        }
        assertThrows(MillraceException.class, () -> of("local[1025]"));
        assertThrows(MillraceException.class, () -> of("local[99999999999]"));
    }
}
