package io.millrace.ingest;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class IngestConfigTest {
    @Test
    void theUsualSettingsAreAccepted() {
        assertDoesNotThrow(
                () -> new IngestConfig(200, 128, 64 << 10, 16 << 20, 1_000_000, 2_000, IngestConfig.UNLIMITED));
    }

    @Test
    void whatCannotWorkIsRefusedByNameWithAValueThatWorks() {
        refused("blockIntervalMs is 0, must be positive, such as 200", 0, 128, 65536, 1, 1, 0, 1);
        refused("ringSlabs is 100, expected a power of two up to 65536, such as 128", 1, 100, 65536, 1, 1, 0, 1);
        refused(
                "slabBytes is 1001, expected a multiple of 8 from 256 to 67108864, such as 65536",
                1,
                128,
                1001,
                1,
                1,
                0,
                1);
        refused("maxRecordBytes is 0, expected 1 to 1073741824, such as 16777216", 1, 128, 65536, 0, 1, 0, 1);
        refused("maxHeldRecords is -1, must be positive, such as 1000000", 1, 128, 65536, 1, -1, 0, 1);
        refused("restartDelayMs is -1, must not be negative; try 2000", 1, 128, 65536, 1, 1, -1, 1);
        refused(
                "maxRecordsPerSecond is 0, must be positive; for no limit leave it at 9223372036854775807",
                1,
                128,
                65536,
                1,
                1,
                0,
                0);
    }

    private static void refused(
            String message, long interval, int slabs, int slabBytes, int maxRecord, long held, long delay, long rate) {
        assertEquals(
                message,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new IngestConfig(interval, slabs, slabBytes, maxRecord, held, delay, rate))
                        .getMessage());
    }
}
