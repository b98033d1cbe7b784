package io.millrace.ingest.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.StorageLevel;
import io.millrace.ingest.IngestRoom;
import io.millrace.plan.source.PushSpec;
import io.millrace.plan.source.SocketTextSpec;
import io.millrace.plan.source.SourceSpec;
import io.millrace.type.RecordType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SourceDriversTest {
    @RegisterExtension
    final IngestRoom room = new IngestRoom();

    @Test
    void aSpecNobodyKnowsIsRefusedByName() {
        SourceSpec strange = new SourceSpec() {
            @Override
            public String name() {
                return "carrier pigeons";
            }

            @Override
            public RecordType recordType() {
                return RecordType.UTF8;
            }
        };
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> SourceDrivers.open(strange, 0, room.config(), room.ports()))
                .getMessage()
                .contains("'carrier pigeons'"));
    }

    @Test
    void aSourceKnowsItsStreamAndItsName() {
        PushedSource source = room.closing(SourceDrivers.open(
                new SocketTextSpec("host", 9999, StorageLevel.MEMORY_ONLY), 4, room.config(), room.ports()));
        assertEquals(4, source.streamId());
        assertEquals("socket host:9999", source.name());
        assertTrue(source.pushPort().isEmpty());
    }

    @Test
    void aSourceIsStartedOnce() {
        PushedSource source =
                room.closing(SourceDrivers.open(new PushSpec(RecordType.UTF8), 0, room.config(), room.ports()));
        source.start();
        assertThrows(IllegalStateException.class, source::start);
    }
}
