package io.millrace.ingest.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a program writes where it reads or saves files, and which path it means. */
class LocalPathTest {
    private static void assertMeans(String path, String text) {
        assertEquals(Path.of(path).toAbsolutePath(), LocalPath.of(text));
    }

    @Test
    void aTextIsAPathWithOrWithoutFileBeforeIt() {
        assertMeans("/data/in", "/data/in");
        assertMeans("/data/in", "file:/data/in");
        assertMeans("/data/in", "file:///data/in");
        assertMeans("/data/in", "FILE:/data//in/");
    }

    @Test
    void aRelativePathIsOfTheWorkingDirectory() {
        assertMeans("in", "in");
        assertMeans("in", "out/../in");
        assertMeans("a:b", "a:b");
    }

    @Test
    void nothingInAPathIsDecoded() {
        assertMeans("/a b/c", "/a b/c");
        assertMeans("/a b/c", "file:/a b/c");
        assertMeans("/a%20b/c", "/a%20b/c");
        assertMeans("/a%20b/c", "file:/a%20b/c");
        assertMeans("/day=*/{a,b}/[0-9]?#%", "file:/day=*/{a,b}/[0-9]?#%");
    }

    @Test
    void anotherFileSystemOrAnotherMachineIsRefusedByName() {
        String system = assertThrows(IllegalArgumentException.class, () -> LocalPath.of("s3://bucket/a"))
                .getMessage();
        assertTrue(system.contains("'s3://bucket/a' is in file system s3"), system);
        String machine = assertThrows(IllegalArgumentException.class, () -> LocalPath.of("file://host/a"))
                .getMessage();
        assertTrue(machine.contains("'file://host/a' is on machine host"), machine);
    }
}
