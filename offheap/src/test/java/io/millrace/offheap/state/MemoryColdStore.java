package io.millrace.offheap.state;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** A cold store on the heap that makes use of all its rights: arrays are filled again, and a cap is kept. */
public final class MemoryColdStore implements ColdStore {
    private static final int SECTIONS = 3;

    private final TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compare);
    private final int keyBytes;
    private final long maxKeys;
    private byte[] given = {};
    private boolean closed;

    /**
     * A store without keys.
     *
     * @param keyBytes length of all keys, 0 if they differ
     * @param maxKeys how many it has room for
     */
    public MemoryColdStore(int keyBytes, long maxKeys) {
        this.keyBytes = keyBytes;
        this.maxKeys = maxKeys;
    }

    @Override
    public byte[] get(byte[] key) {
        byte[] value = entries.get(checked(key));
        Arrays.fill(given, (byte) 0x55);
        if (value == null) {
            return null;
        }
        if (given.length != value.length) {
            given = new byte[value.length];
        }
        System.arraycopy(value, 0, given, 0, value.length);
        return given;
    }

    @Override
    public void put(byte[] key, byte[] value) {
        if (!entries.containsKey(checked(key)) && entries.size() >= maxKeys) {
            throw new StoreFullException("a cold store of " + maxKeys + " keys");
        }
        Arrays.fill(given, (byte) 0x55);
        entries.put(key.clone(), value.clone());
    }

    @Override
    public boolean remove(byte[] key) {
        return entries.remove(checked(key)) != null;
    }

    private byte[] checked(byte[] key) {
        if (closed || keyBytes != 0 && key.length != keyBytes) {
            throw new IllegalStateException("a key of " + key.length + " bytes");
        }
        return key;
    }

    @Override
    public long size() {
        return entries.size();
    }

    @Override
    public long bytes() {
        return entries.size() * 100L;
    }

    @Override
    public int migrate(int entries) {
        return 0;
    }

    @Override
    public int sections() {
        return SECTIONS;
    }

    @Override
    public void scan(int section, Visitor visitor) {
        for (Map.Entry<byte[], byte[]> entry : entries.entrySet()) {
            if (Math.floorMod(Arrays.hashCode(entry.getKey()), SECTIONS) == section) {
                visitor.entry(entry.getKey().clone(), entry.getValue().clone());
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        entries.clear();
    }
}
