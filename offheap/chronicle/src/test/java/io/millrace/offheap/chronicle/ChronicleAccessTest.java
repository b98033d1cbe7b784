package io.millrace.offheap.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import net.openhft.chronicle.map.ChronicleMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs under our agent and without any JVM flag, see the pom. */
class ChronicleAccessTest {
    @Test
    void theAgentGivesAllAccess() {
        assertEquals(List.of(), ChronicleAccess.missingFlags());
    }

    @Test
    void codeTheAgentDoesNotCoverLacksEveryFlag() {
        Module elsewhere = new ClassLoader() {}.getUnnamedModule();
        assertEquals(ChronicleAccess.flags(), ChronicleAccess.missingFlags(elsewhere));
    }

    @Test
    void aPersistedMapKeepsItsEntriesWhenReopened(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("counts");
        try (ChronicleMap<Long, Long> counts = open(file)) {
            for (long key = 0; key < 1_000; key++) {
                counts.put(key, key * key);
            }
            counts.put(7L, -7L);
        }
        try (ChronicleMap<Long, Long> counts = open(file)) {
            assertEquals(1_000, counts.size());
            assertEquals(-7L, counts.get(7L));
            assertEquals(999L * 999L, counts.get(999L));
        }
    }

    private static ChronicleMap<Long, Long> open(Path file) throws IOException {
        return ChronicleMap.of(Long.class, Long.class)
                .name("counts")
                .entries(2_000)
                .createPersistedTo(file.toFile());
    }
}
