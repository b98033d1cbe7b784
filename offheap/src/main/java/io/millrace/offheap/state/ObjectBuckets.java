package io.millrace.offheap.state;

import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a cold store has for a hash code: all keys that share it, with their values. Keys are told apart by {@code equals}, since
 * equal objects need not have equal bytes. Thread: any.
 *
 * <pre>
 *   key: its length (int) │ length of the value (int) │ the key's bytes │ the value as other cold stores have it
 * </pre>
 */
final class ObjectBuckets {
    /** So many keys of one hash code at most: each is read to find the last. */
    private static final int MAX_KEYS = 32;

    private static final int HEADER = 2 * Integer.BYTES;
    private static final int NONE = -1;

    private final ObjectBytes objects;

    ObjectBuckets(ObjectBytes objects) {
        this.objects = objects;
    }

    /** Where a cold store has the keys with the hash code of this one. */
    static byte[] at(Object key) {
        byte[] hash = new byte[Integer.BYTES];
        new UnsafeBuffer(hash).putInt(0, key.hashCode(), EntryFormat.ORDER);
        return hash;
    }

    /** The value of a key, in an array of its own; null if it is not there. */
    byte[] formOf(byte[] bucket, Object key) {
        int at = find(bucket, key);
        return at == NONE ? null : form(bucket, at);
    }

    boolean isFull(byte[] bucket) {
        int keys = 0;
        for (int at = 0; at < bucket.length; at = next(bucket, at)) {
            keys++;
        }
        return keys >= MAX_KEYS;
    }

    /** A bucket with one key. */
    byte[] of(byte[] key, byte[] form) {
        byte[] bucket = new byte[HEADER + key.length + form.length];
        UnsafeBuffer buffer = new UnsafeBuffer(bucket);
        buffer.putInt(0, key.length, EntryFormat.ORDER);
        buffer.putInt(Integer.BYTES, form.length, EntryFormat.ORDER);
        buffer.putBytes(HEADER, key);
        buffer.putBytes(HEADER + key.length, form);
        return bucket;
    }

    /** A bucket with the keys of two. */
    byte[] both(byte[] bucket, byte[] other) {
        byte[] both = Arrays.copyOf(bucket, bucket.length + other.length);
        System.arraycopy(other, 0, both, bucket.length, other.length);
        return both;
    }

    /** A bucket without a key; the same array if it is not there. */
    byte[] without(byte[] bucket, Object key) {
        int at = find(bucket, key);
        if (at == NONE) {
            return bucket;
        }
        int next = next(bucket, at);
        byte[] without = Arrays.copyOf(bucket, bucket.length - (next - at));
        System.arraycopy(bucket, next, without, at, bucket.length - next);
        return without;
    }

    /** Tell a visitor each key's bytes and its value. */
    void forEach(byte[] bucket, ColdStore.Visitor visitor) {
        for (int at = 0; at < bucket.length; at = next(bucket, at)) {
            visitor.entry(key(bucket, at), form(bucket, at));
        }
    }

    private int find(byte[] bucket, Object key) {
        for (int at = 0; at < bucket.length; at = next(bucket, at)) {
            if (key.equals(objects.read(key(bucket, at)))) {
                return at;
            }
        }
        return NONE;
    }

    private static byte[] key(byte[] bucket, int at) {
        return Arrays.copyOfRange(bucket, at + HEADER, at + HEADER + keyLength(bucket, at));
    }

    private static byte[] form(byte[] bucket, int at) {
        return Arrays.copyOfRange(bucket, at + HEADER + keyLength(bucket, at), next(bucket, at));
    }

    private static int next(byte[] bucket, int at) {
        int formLength = new UnsafeBuffer(bucket).getInt(at + Integer.BYTES, EntryFormat.ORDER);
        return at + HEADER + keyLength(bucket, at) + formLength;
    }

    private static int keyLength(byte[] bucket, int at) {
        return new UnsafeBuffer(bucket).getInt(at, EntryFormat.ORDER);
    }
}
