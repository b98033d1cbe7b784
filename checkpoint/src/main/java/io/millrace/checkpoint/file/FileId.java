package io.millrace.checkpoint.file;

import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * 128 random bits that name a file or a directory.
 *
 * @param low the first 8 bytes, little-endian
 * @param high the last 8 bytes
 */
public record FileId(long low, long high) {

    static FileId random(RandomGenerator random) {
        return new FileId(random.nextLong(), random.nextLong());
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%016x%016x", high, low);
    }
}
