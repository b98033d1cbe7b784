package io.millrace.ingest;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.conf.Setting;
import io.millrace.conf.Settings;
import org.junit.jupiter.api.Test;

class IngestConfigTest {
    @Test
    void theUsualSettingsAreAccepted() {
        assertDoesNotThrow(
                () -> new IngestConfig(200, 128, 64 << 10, 16 << 20, 1_000_000, 2_000, IngestConfig.UNLIMITED));
    }

    @Test
    void whatCannotWorkIsRefusedByNameWithAValueThatWorks() {
        refused(
                "millrace.streaming.blockInterval in ms is 0, must be positive, such as 200",
                0,
                128,
                65536,
                1,
                1,
                0,
                1);
        refused(
                "millrace.ring.slabs is 100, expected a power of two up to 65536, such as 128",
                1,
                100,
                65536,
                1,
                1,
                0,
                1);
        refused(
                "millrace.slabBytes is 5001, expected a multiple of 8 from 4096 to 67108864, such as 65536",
                1,
                128,
                5001,
                1,
                1,
                0,
                1);
        refused("millrace.maxRecordBytes is 0, expected 1 to 1073741824, such as 16777216", 1, 128, 65536, 0, 1, 0, 1);
        refused(
                "millrace.receiver.maxHeldRecords is -1, must be positive, such as 1000000",
                1,
                128,
                65536,
                1,
                -1,
                0,
                1);
        refused(
                "millrace.streaming.receiverRestartDelay in ms is -1, must not be negative; try 2000",
                1,
                128,
                65536,
                1,
                1,
                -1,
                1);
        refused(
                "millrace.streaming.receiver.maxRate is 0, must be positive; for no limit leave it at 9223372036854775807",
                1,
                128,
                65536,
                1,
                1,
                0,
                0);
    }

    @Test
    void theRangeOfASlabIsThatOfItsSetting() {
        Setting<Long> slabBytes = Settings.SLAB_BYTES;
        assertEquals(IngestConfig.MIN_SLAB_BYTES, slabBytes.parse(IngestConfig.MIN_SLAB_BYTES + "b"));
        assertEquals(IngestConfig.MAX_SLAB_BYTES, slabBytes.parse(IngestConfig.MAX_SLAB_BYTES + "b"));
        assertThrows(RuntimeException.class, () -> slabBytes.parse(IngestConfig.MIN_SLAB_BYTES - 1 + "b"));
        assertThrows(RuntimeException.class, () -> slabBytes.parse(IngestConfig.MAX_SLAB_BYTES + 1 + "b"));
    }

    @Test
    void aMemoryCapUnderWhichNoSourceCouldGoOnIsRefusedWithTheWayOut() {
        IngestRoom room = new IngestRoom().maxBytes(64 << 10).slabBytes(64 << 10);
        assertEquals(
                "millrace.memory.maxBytes is 65536, expected at least 524288 bytes, 8 slabs of 65536; raise it, or"
                        + " lower millrace.slabBytes",
                assertThrows(IllegalArgumentException.class, room::ports).getMessage());
        assertDoesNotThrow(
                () -> new IngestRoom().maxBytes(64 << 10).slabBytes(8 << 10).ports());
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
