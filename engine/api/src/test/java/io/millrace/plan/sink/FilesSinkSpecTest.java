package io.millrace.plan.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.Time;
import org.junit.jupiter.api.Test;

/** How the directories of batches are called (behaviour spec 3.11). */
class FilesSinkSpecTest {
    private static final Time AT = new Time(1500);

    @Test
    void aDirectoryIsCalledByPrefixTimeAndSuffix() {
        assertEquals("out/counts-1500", new TextFilesSinkSpec("out/counts", "").directory(AT));
        assertEquals("out/counts-1500.txt", new TextFilesSinkSpec("out/counts", "txt").directory(AT));
        assertEquals("counts-1500.mro", new ObjectFilesSinkSpec("counts", "mro").directory(AT));
    }

    @Test
    void withoutAPrefixItIsCalledByTheTime() {
        assertEquals("1500", new TextFilesSinkSpec(null, null).directory(AT));
        assertEquals("1500", new TextFilesSinkSpec("", "").directory(AT));
        assertEquals("1500.txt", new ObjectFilesSinkSpec(null, "txt").directory(AT));
    }

    @Test
    void itsNameInPlansIsTheCall() {
        assertEquals("saveAsTextFiles(out)", new TextFilesSinkSpec("out", null).name());
        assertEquals("saveAsObjectFiles(out, mro)", new ObjectFilesSinkSpec("out", "mro").name());
    }
}
