package io.millrace.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchDirectoryTest {
    @TempDir
    private Path parent;

    private ScratchDirectory make() throws IOException {
        return ScratchDirectory.make(parent.toString());
    }

    @Test
    void whatAProcessHasLeftIsDeletedWhenTheNextOneIsMade() throws IOException {
        Path left = Files.createDirectory(parent.resolve("millrace-state-left"));
        Files.createFile(left.resolve("LOCK"));
        Files.writeString(left.resolve("state-0"), "keys");
        make().close();
        assertFalse(Files.exists(left));
    }

    @Test
    void oneThatIsInUseStays() throws IOException {
        ScratchDirectory used = make();
        make().close();
        assertTrue(Files.exists(used.path()));
        used.close();
        assertFalse(Files.exists(used.path()));
    }

    @Test
    void whatHasNoLockFileIsNotOurs() throws IOException {
        Path other = Files.createDirectory(parent.resolve("millrace-state-of-another-program"));
        Files.writeString(other.resolve("text"), "kept");
        make().close();
        assertEquals("kept", Files.readString(other.resolve("text")));
    }
}
