package io.millrace.offheap.chronicle;

import io.millrace.offheap.state.ColdStore;
import io.millrace.offheap.state.ColdStoreSpec;
import io.millrace.offheap.state.StoreFullException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values as bytes, in Chronicle maps. A map cannot grow, so there is a row of them: when the newest is three quarters
 * full, one of four times the size joins it (of twice the size, when it is large), which takes every put from there on;
 * {@link #migrate} moves the others' entries to it and deletes a map that is empty. A key is in one map at a time. Who never
 * migrates has ever more maps to look in, one per growth, and loses nothing.
 *
 * <p>No call waits for a whole growth: the longest put is the one that creates a map, see {@link MapFile#create}; migrate
 * creates it somewhat earlier, so that for an owner who calls it between batches no put does. While a growth is under way both
 * maps take disk; when the cap does not allow for that, growth is by less, down to a quarter more.
 *
 * <p>{@link #get} gives a new array. Cost with a million keys of 8 bytes and values of 16: 0.3 µs a get, 0.2 µs for a key that
 * is not there, and that again for each further map; 0.7 µs a put; 0.1 µs an entry in a scan. A value above 4 KiB is a read
 * or a write of a file besides.
 */
final class ChronicleColdStore implements ColdStore {
    private static final int FIRST_ENTRIES = 16 * 1024;
    private static final double GROWTH = 4;
    /** From this length on the next map has twice the size only: to create one takes time in proportion. Bytes. */
    private static final double LARGE_MAP_BYTES = 64 << 20;

    private static final double LARGE_MAP_GROWTH = 2;
    /** Growing by less than this is not worth moving all entries. */
    private static final double MIN_GROWTH = 1.25;

    private static final double FULL_ENOUGH = 0.75;
    /** How much earlier than a put {@link #migrate} opens the next map. */
    private static final double AHEAD = 0.125;
    /** How much fuller the newest map must be before a growth that was refused is tried again. */
    private static final double PATIENCE = 1.0 / 16;
    /** File lengths are not quite in proportion to what they hold. */
    private static final double CAP_SHARE = 0.9;

    private final ColdStoreSpec spec;
    private final MapSizing sizing;
    private final StoredValues values;
    /** Oldest first; never empty while the store is open. */
    private final List<MapFile> maps = new ArrayList<>();

    private int mapsCreated;
    private double growAt = FULL_ENOUGH;
    /** Why the last growth was refused; null if the cap forbade it, or none was. */
    private IOException refusal;

    ChronicleColdStore(ColdStoreSpec spec) {
        this(spec, FIRST_ENTRIES);
    }

    /**
     * A store without keys.
     *
     * @param firstEntries how many entries the first map is for
     * @throws StoreFullException if not even that has room
     */
    ChronicleColdStore(ColdStoreSpec spec, int firstEntries) {
        this.spec = spec;
        this.sizing = new MapSizing(spec.keyBytes());
        deleteLeftovers();
        this.values = new StoredValues(spec.directory().resolve(filePrefix() + "large.values"));
        if (!tryOpen(sizing.forEntries(firstEntries))) {
            throw full("its first map");
        }
    }

    @Override
    public byte[] get(byte[] key) {
        requireOpen();
        for (int i = maps.size() - 1; i >= 0; i--) {
            byte[] stored = maps.get(i).get(key);
            if (stored != null) {
                return values.load(stored);
            }
        }
        return null;
    }

    @Override
    public void put(byte[] key, byte[] value) {
        requireOpen();
        byte[] stored = store(value);
        try {
            values.free(putStored(key, stored));
        } catch (StoreFullException e) {
            values.free(stored);
            throw e;
        }
    }

    /** What stood for the value before; null if there was none. */
    private byte[] putStored(byte[] key, byte[] stored) {
        sizing.saw(key.length, stored.length);
        long entryBytes = MapShape.entryBytes(key.length, stored.length);
        if (entryBytes > newest().shape().maxEntryBytes()) {
            tryGrow();
        }
        growFrom(growAt);
        byte[] replaced = putNewest(key, stored);
        return replaced != null ? replaced : removeStored(key, maps.size() - 2);
    }

    private byte[] putNewest(byte[] key, byte[] stored) {
        try {
            return newest().put(key, stored);
        } catch (MapFullException e) {
            if (!tryGrow()) {
                throw full("an entry of " + (key.length + stored.length) + " bytes");
            }
        }
        try {
            return newest().put(key, stored);
        } catch (MapFullException e) {
            throw new IllegalStateException(
                    "state store " + spec.name() + ": an empty map of shape " + newest().shape()
                            + " has no room for an entry of " + (key.length + stored.length) + " bytes",
                    e);
        }
    }

    @Override
    public boolean remove(byte[] key) {
        requireOpen();
        byte[] removed = removeStored(key, maps.size() - 1);
        values.free(removed);
        return removed != null;
    }

    private byte[] removeStored(byte[] key, int newestToAsk) {
        for (int i = newestToAsk; i >= 0; i--) {
            byte[] removed = maps.get(i).remove(key);
            if (removed != null) {
                return removed;
            }
        }
        return null;
    }

    @Override
    public long size() {
        return maps.stream().mapToLong(MapFile::entries).sum();
    }

    @Override
    public long bytes() {
        long bytes = values.length();
        for (MapFile map : maps) {
            bytes += map.length();
        }
        return bytes;
    }

    @Override
    public int migrate(int entries) {
        requireOpen();
        growFrom(growAt - AHEAD);
        int moved = 0;
        boolean goesOn = true;
        while (goesOn && moved < entries && maps.size() > 1) {
            MapFile oldest = maps.get(0);
            moved += oldest.moveTo(newest(), entries - moved);
            if (oldest.entries() == 0) {
                maps.remove(0).close();
            } else {
                goesOn = moved < entries && tryGrow();
            }
        }
        return moved;
    }

    @Override
    public int sections() {
        return maps.stream().mapToInt(MapFile::segments).sum();
    }

    @Override
    public void scan(int section, Visitor visitor) {
        int segment = section;
        for (MapFile map : maps) {
            if (segment < map.segments()) {
                map.scan(segment, (key, stored) -> visitor.entry(key, values.load(stored)));
                return;
            }
            segment -= map.segments();
        }
        throw new IndexOutOfBoundsException(
                "section " + section + " of state store " + spec.name() + ", which has " + sections());
    }

    @Override
    public void close() {
        maps.forEach(MapFile::close);
        maps.clear();
        values.close();
    }

    /** In how many maps a key may be; 1 unless a growth is under way. */
    int maps() {
        return maps.size();
    }

    private MapFile newest() {
        return maps.get(maps.size() - 1);
    }

    private byte[] store(byte[] value) {
        if (bytes() + values.growth(value.length) > spec.maxBytes()) {
            refusal = null;
            throw full("a value of " + value.length + " bytes");
        }
        try {
            return values.store(value);
        } catch (IOException e) {
            refusal = e;
            throw full("a value of " + value.length + " bytes");
        }
    }

    private void growFrom(double fill) {
        if (newest().fill() >= fill && !tryGrow()) {
            growAt += PATIENCE;
        }
    }

    private boolean tryGrow() {
        MapFile newest = newest();
        double room = CAP_SHARE * (spec.maxBytes() - bytes()) / newest.length();
        double growth = Math.min(newest.length() < LARGE_MAP_BYTES ? GROWTH : LARGE_MAP_GROWTH, room);
        refusal = null;
        return growth >= MIN_GROWTH
                && tryOpen(sizing.forBytes((long) (growth * newest.shape().capacityBytes())));
    }

    private boolean tryOpen(MapShape shape) {
        Path path = spec.directory().resolve(filePrefix() + mapsCreated++ + ".map");
        try {
            return tryKeep(MapFile.create(path, shape));
        } catch (IOException e) {
            refusal = e;
            return false;
        }
    }

    private boolean tryKeep(MapFile map) {
        if (bytes() + map.length() > spec.maxBytes()) {
            map.close();
            return false;
        }
        maps.add(map);
        growAt = FULL_ENOUGH;
        return true;
    }

    private void requireOpen() {
        if (maps.isEmpty()) {
            throw new IllegalStateException("state store " + spec.name() + " is closed");
        }
    }

    private StoreFullException full(String what) {
        String where =
                "state store " + spec.name() + ", which takes " + bytes() + " bytes of disk, has no room for " + what;
        if (refusal != null) {
            return new StoreFullException(
                    where + ": " + spec.directory() + " gives no more (" + refusal
                            + "); free disk space, or let keys time out",
                    refusal);
        }
        return new StoreFullException(where + ": it may take " + spec.maxBytes()
                + " at most, both maps of a growth counted; raise millrace.state.maxBytes, or let keys time out");
    }

    /** Names of stores have no underscore: no other store's files begin like this. */
    private String filePrefix() {
        return spec.name() + "_";
    }

    private void deleteLeftovers() {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(
                spec.directory(), path -> path.getFileName().toString().startsWith(filePrefix()))) {
            for (Path leftover : leftovers) {
                Files.delete(leftover);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "could not delete old files of state store " + spec.name() + " in " + spec.directory(), e);
        }
    }
}
