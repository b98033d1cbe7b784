package io.millrace.campaign;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;

/** How often each {@link Point} was reached. Any thread may count. */
final class PointCounts {
    private static final int BYTES = Point.COUNT * Long.BYTES;

    private final UnsafeBuffer counts;

    private PointCounts(ByteBuffer bytes) {
        counts = new UnsafeBuffer(bytes);
    }

    /** In memory. */
    static PointCounts inMemory() {
        return new PointCounts(ByteBuffer.allocateDirect(BYTES));
    }

    /** In a file, which is made if it is not there, and outlives a process that is killed. */
    static PointCounts in(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new PointCounts(channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES));
        }
    }

    /** @return how often it was reached, with this time */
    long count(Point point) {
        return 1 + counts.getAndAddLong(point.index() * Long.BYTES, 1);
    }

    long get(Point point) {
        return counts.getLongVolatile(point.index() * Long.BYTES);
    }

    void add(PointCounts other) {
        for (int index = 0; index < Point.COUNT; index++) {
            counts.getAndAddLong(index * Long.BYTES, other.counts.getLongVolatile(index * Long.BYTES));
        }
    }
}
