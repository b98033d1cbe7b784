package io.millrace.offheap.chronicle;

import io.millrace.offheap.state.ColdStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.ExternalMapQueryContext;
import net.openhft.chronicle.map.MapEntry;
import net.openhft.chronicle.map.MapSegmentContext;

/**
 * One Chronicle map, in a file whose length and blocks are settled when it is created. Chronicle's extra tiers are off: with
 * them a file grows in the midst of a put, past a cap or onto a full disk, and a put that finds no further tier loses the
 * value it was to replace. Without them a put that finds no room is told so at once, and the map is as before.
 *
 * <p>Thread: one writer; readers may look on while nobody writes.
 */
final class MapFile implements AutoCloseable {
    private final Path path;
    private final MapShape shape;
    private final ChronicleMap<byte[], byte[]> map;
    private final long length;
    private long entries;
    private long usedBytes;
    /** Segments before it are empty; nothing is put into a map any more once entries move out of it. */
    private int firstSegment;

    private MapFile(Path path, MapShape shape, ChronicleMap<byte[], byte[]> map) throws IOException {
        this.path = path;
        this.shape = shape;
        this.map = map;
        this.length = Files.size(path);
    }

    /**
     * An empty map. The disk gives all blocks now, and Chronicle clears them: 3 ms, and a quarter of a millisecond a MB as long
     * as the kernel has pages at hand, up to eight times as much when it must write others back first.
     *
     * @param path of a file that does not exist
     * @throws IOException if the disk has no room for it, or refuses; no file is left
     */
    static MapFile create(Path path, MapShape shape) throws IOException {
        boolean isInterrupted = Thread.interrupted(); // an interrupt would close the file's channel under Chronicle
        try {
            return new MapFile(path, shape, builder(shape).createPersistedTo(path.toFile()));
        } catch (IOException | RuntimeException e) {
            // What cannot be given all its blocks has its full length all the same.
            Files.deleteIfExists(path);
            throw e;
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static ChronicleMapBuilder<byte[], byte[]> builder(MapShape shape) {
        ChronicleMapBuilder<byte[], byte[]> builder = ChronicleMap.of(byte[].class, byte[].class)
                .name("state")
                .entries(shape.entries())
                .actualSegments(shape.segments())
                .averageValueSize(shape.usualValueBytes())
                .allowSegmentTiering(false)
                .sparseFile(false);
        return shape.keyBytes() > 0
                ? builder.constantKeySizeBySample(new byte[shape.keyBytes()])
                : builder.averageKeySize(shape.usualKeyBytes());
    }

    MapShape shape() {
        return shape;
    }

    long entries() {
        return entries;
    }

    /** Of the file; it stays what it is. Bytes. */
    long length() {
        return length;
    }

    /** How full it is: 0 when empty; from about 1 on puts are refused. */
    double fill() {
        return Math.max((double) entries / shape.entries(), (double) usedBytes / shape.capacityBytes());
    }

    /** The value of a key, a new array; null if there is none. */
    byte[] get(byte[] key) {
        return map.get(key);
    }

    /**
     * Set the value of a key.
     *
     * @return the value that was replaced; null if there was none
     * @throws MapFullException if there is no room; the map is as before
     */
    byte[] put(byte[] key, byte[] value) throws MapFullException {
        byte[] replaced = null;
        try (ExternalMapQueryContext<byte[], byte[], ?> query = map.queryContext(key)) {
            query.updateLock().lock();
            MapEntry<byte[], byte[]> entry = query.entry();
            if (entry != null) {
                replaced = entry.value().getUsing(null);
            }
            set(query, entry, replaced, value);
        } catch (IllegalStateException | IllegalArgumentException noRoom) {
            putBack(key, replaced);
            throw new MapFullException(noRoom);
        }
        count(key, replaced, value);
        return replaced;
    }

    private static void set(
            ExternalMapQueryContext<byte[], byte[], ?> query,
            MapEntry<byte[], byte[]> entry,
            byte[] old,
            byte[] value) {
        if (entry != null && value.length <= old.length) {
            query.replaceValue(entry, query.wrapValueAsData(value));
            return;
        }
        if (entry != null) {
            // Chronicle's own replacing by a longer value loses the entry when it finds no room for it.
            query.remove(entry);
        }
        query.insert(query.absentEntry(), query.wrapValueAsData(value));
    }

    /** The room that it had is free still. */
    private void putBack(byte[] key, byte[] value) {
        if (value != null) {
            map.put(key, value);
        }
    }

    private void count(byte[] key, byte[] replaced, byte[] value) {
        if (replaced == null) {
            entries++;
            usedBytes += MapShape.entryBytes(key.length, value.length);
        } else {
            usedBytes += value.length - replaced.length;
        }
    }

    private void countRemoved(byte[] key, byte[] value) {
        entries--;
        usedBytes -= MapShape.entryBytes(key.length, value.length);
    }

    /** Take a key out; its value, or null if there was none. */
    byte[] remove(byte[] key) {
        byte[] removed = map.remove(key);
        if (removed != null) {
            countRemoved(key, removed);
        }
        return removed;
    }

    /**
     * Move entries to a map that has none of these keys. Nothing is put into this one any more.
     *
     * @param max how many at most
     * @return how many were moved; fewer when nothing is left, or when the target is full
     */
    int moveTo(MapFile target, int max) {
        Move move = new Move(target, max);
        while (move.moved < max && entries > 0 && !move.targetIsFull) {
            if (moveSegment(move)) {
                firstSegment++;
            }
        }
        return move.moved;
    }

    private boolean moveSegment(Move move) {
        try (MapSegmentContext<byte[], byte[], ?> segment = map.segmentContext(firstSegment)) {
            return segment.forEachSegmentEntryWhile(move) && !move.targetIsFull;
        }
    }

    int segments() {
        return map.segments();
    }

    /** Give every entry of a segment, in new arrays; the value as it is stored. */
    void scan(int segment, ColdStore.Visitor visitor) {
        try (MapSegmentContext<byte[], byte[], ?> context = map.segmentContext(segment)) {
            context.forEachSegmentEntry(entry ->
                    visitor.entry(entry.key().getUsing(null), entry.value().getUsing(null)));
        }
    }

    /** Forget everything and delete the file. */
    @Override
    public void close() {
        map.close();
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("could not delete the scratch file " + path, e);
        }
    }

    /** Told the entries of a segment while it is locked; writes to another map meanwhile, which Chronicle allows. */
    private final class Move implements Predicate<MapEntry<byte[], byte[]>> {
        private final MapFile target;
        private final int max;
        private int moved;
        private boolean targetIsFull;

        Move(MapFile target, int max) {
            this.target = target;
            this.max = max;
        }

        @Override
        public boolean test(MapEntry<byte[], byte[]> entry) {
            byte[] key = entry.key().getUsing(null);
            byte[] value = entry.value().getUsing(null);
            try {
                target.put(key, value);
            } catch (MapFullException e) {
                targetIsFull = true;
                return false;
            }
            entry.doRemove();
            countRemoved(key, value);
            moved++;
            return moved < max;
        }
    }
}
