package io.millrace.checkpoint.file;

import java.util.Locale;

/**
 * Where a file is not what was written.
 *
 * @param file its name in the directory
 * @param offset bytes from its beginning
 * @param what is wrong
 * @param expectedChecksum that the file holds; -1 if what is wrong is no checksum
 * @param actualChecksum of what was read; -1 likewise
 */
public record Damage(String file, long offset, String what, long expectedChecksum, long actualChecksum) {

    /**
     * Damage that no checksum tells.
     *
     * @param file its name in the directory
     * @param offset bytes from its beginning
     * @param what is wrong
     */
    public Damage(String file, long offset, String what) {
        this(file, offset, what, -1, -1);
    }

    static Damage ofChecksum(String file, long offset, String what, int expected, int actual) {
        return new Damage(file, offset, what, Integer.toUnsignedLong(expected), Integer.toUnsignedLong(actual));
    }

    @Override
    public String toString() {
        String checksums = expectedChecksum < 0
                ? ""
                : String.format(Locale.ROOT, " (expected %08x, actual %08x)", expectedChecksum, actualChecksum);
        return "'" + file + "' at offset " + offset + ": " + what + checksums;
    }
}
