package io.millrace.offheap.state;

import io.millrace.offheap.codec.CanonicalForm;
import io.millrace.offheap.codec.UnreadableRecordException;
import io.millrace.offheap.codec.Utf8;
import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.column.ElementType;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the entries of a chunk that an {@link EntryLog} gave. Bytes that are none are refused, and none outside of the chunk is read.
 *
 * <pre>
 *   reader.wrap(buffer, offset, length);
 *   while (reader.next()) {
 *       store.load(reader);
 *   }
 * </pre>
 *
 * <p>Thread: one owner.
 */
public final class EntryReader {
    private static final int MAX_VARINT_BITS = 63;

    private final ValueCodec keys;
    private final ValueCodec values;
    private final UnaryOperator<Object> mapping;
    private DirectBuffer buffer = new UnsafeBuffer(new byte[0]);
    private int at;
    private int end;
    private int kind;
    private int tag;
    private long time;
    private long keyNumber;
    private int keyStart;
    private int keyLength;
    private long number;
    private int valueStart;
    private int valueLength;
    private Object mapped;
    private long entries;

    /**
     * A reader of nothing yet.
     *
     * @param codec that knows classes by the numbers by which the writer's did; of this reader from now on
     */
    public EntryReader(ValueCodec codec) {
        this(codec, codec, null);
    }

    /**
     * The same, where what was written is not what is wanted.
     *
     * @param keys reads those that are neither numbers nor texts
     * @param values reads those that are neither
     * @param mapping what is to be had of a value instead of what was written, the same object to leave it; null to leave all. Removals are
     *     not shown to it
     */
    public EntryReader(ValueCodec keys, ValueCodec values, UnaryOperator<Object> mapping) {
        this.keys = keys;
        this.values = values;
        this.mapping = mapping;
    }

    /**
     * Read another chunk.
     *
     * @param source where it is; to stay as it is
     * @param offset of its first byte
     * @param length how many it has
     */
    public void wrap(DirectBuffer source, int offset, int length) {
        source.boundsCheck(offset, length);
        buffer = source;
        at = offset;
        end = offset + length;
        time = 0;
    }

    /**
     * Go on to the next entry.
     *
     * @return false at the end of the chunk
     * @throws UnreadableRecordException if what follows is no entry
     */
    public boolean next() {
        if (at == end) {
            return false;
        }
        int first = readByte();
        kind = EntryFormat.kind(first);
        tag = EntryFormat.tag(first);
        if (kind >= EntryFormat.KINDS || tag > EntryFormat.MAX_TAG) {
            throw new UnreadableRecordException(
                    "an entry begins with " + (first & 0xFF) + ", which is a key of kind " + kind
                            + " (of 0 to " + (EntryFormat.KINDS - 1) + ") and a value of type " + tag + " (of 0 to "
                            + EntryFormat.MAX_TAG + ")");
        }
        time += readSigned();
        if (time > EntryFormat.MAX_TIME || time < -EntryFormat.MAX_TIME - 1) {
            throw new UnreadableRecordException("an entry has the time " + time + ", which takes more than 48 bits");
        }
        readKey();
        readValue();
        mapped = null;
        if (mapping != null && tag != Entry.NONE) {
            map();
        }
        entries++;
        return true;
    }

    private void map() {
        Object written = value();
        Object wanted = mapping.apply(written);
        if (wanted == written) {
            return;
        }
        if (wanted == null) {
            tag = Entry.NULL;
            return;
        }
        switch (ElementType.of(wanted)) {
            case INT -> hold(Entry.INT, (Integer) wanted);
            case LONG -> hold(Entry.LONG, (Long) wanted);
            case BOOLEAN -> hold(Entry.BOOLEAN, (Boolean) wanted ? 1 : 0);
            case DOUBLE -> hold(Entry.DOUBLE, Double.doubleToRawLongBits((Double) wanted));
            case FLOAT -> hold(Entry.FLOAT, Double.doubleToRawLongBits((Float) wanted));
            default -> {
                tag = Entry.ENCODED;
                mapped = wanted;
            }
        }
    }

    private void hold(int numberTag, long word) {
        tag = numberTag;
        number = word;
    }

    private void readKey() {
        if (kind == NumberKeys.INTEGERS) {
            keyNumber = readInt();
        } else if (kind == NumberKeys.LONGS) {
            keyNumber = readSigned();
        } else {
            keyLength = readLength();
            if (keyLength == 0) {
                throw new UnreadableRecordException("a key has 0 bytes, expected 1 or more");
            }
            keyStart = skipped(keyLength);
        }
    }

    private void readValue() {
        switch (tag) {
            case Entry.INT -> number = readInt();
            case Entry.LONG -> number = readSigned();
            case Entry.BOOLEAN -> number = readBoolean();
            case Entry.DOUBLE -> number = buffer.getLong(skipped(Long.BYTES), EntryFormat.ORDER);
            case Entry.FLOAT -> {
                float value = Float.intBitsToFloat(buffer.getInt(skipped(Integer.BYTES), EntryFormat.ORDER));
                number = Double.doubleToRawLongBits(value);
            }
            case Entry.TEXT, Entry.ENCODED -> {
                valueLength = readLength();
                valueStart = skipped(valueLength);
            }
            default -> number = 0;
        }
    }

    // ---- what it says ----

    /**
     * The key.
     *
     * @return as the class it had
     * @throws UnreadableRecordException if its bytes are none of a key
     */
    public Object key() {
        return switch (kind) {
            case NumberKeys.INTEGERS -> (int) keyNumber;
            case NumberKeys.LONGS -> keyNumber;
            default -> objectKey();
        };
    }

    private Object objectKey() {
        if (isTextKey()) {
            return new String(textKey(), 1, keyLength - 1, StandardCharsets.UTF_8);
        }
        Object key = keys.read(bytes(keyStart, keyLength), 0, keyLength);
        if (key != null && key.getClass().isArray()) {
            throw new UnreadableRecordException(
                    "a key is an array (" + key.getClass().getSimpleName() + "), which is none");
        }
        return key;
    }

    /**
     * Whether the key has no value any more.
     *
     * @return true instead of a value
     */
    public boolean isRemoved() {
        return tag == Entry.NONE;
    }

    /**
     * The value.
     *
     * @return as the class it had; null also if it was removed
     * @throws UnreadableRecordException if its bytes are none of a value
     */
    public Object value() {
        return switch (tag) {
            case Entry.INT, Entry.LONG, Entry.BOOLEAN -> Entry.type(tag).boxed(number);
            case Entry.DOUBLE, Entry.FLOAT -> Entry.type(tag).boxed(Double.longBitsToDouble(number));
            case Entry.TEXT -> new String(text(), StandardCharsets.UTF_8);
            case Entry.ENCODED -> mapped != null ? mapped : values.read(bytes(valueStart, valueLength), 0, valueLength);
            default -> null;
        };
    }

    /**
     * The batch time of the last update; of a key that was removed, that of the last one before.
     *
     * @return milliseconds
     */
    public long updatedMs() {
        return time;
    }

    /**
     * How many entries were shown, of all chunks.
     *
     * @return a count that only grows
     */
    public long entries() {
        return entries;
    }

    // ---- for stores ----

    /** The kind of the key. */
    int kind() {
        return kind;
    }

    long keyNumber() {
        return keyNumber;
    }

    /** Whether the key is a text, in UTF-8. */
    boolean isTextKey() {
        return kind == BytesKeys.KIND && buffer.getByte(keyStart) == CanonicalForm.TEXT;
    }

    /** All bytes of such a key. */
    byte[] textKey() {
        byte[] bytes = bytes(keyStart, keyLength);
        requireText(bytes, 1);
        return bytes;
    }

    /** How the value is to be held. */
    int tag() {
        return tag;
    }

    /** The word of a value that is a number, or null. */
    long number() {
        return number;
    }

    /** The UTF-8 of a value that is a text. */
    byte[] text() {
        byte[] bytes = bytes(valueStart, valueLength);
        requireText(bytes, 0);
        return bytes;
    }

    private static void requireText(byte[] bytes, int from) {
        if (!Utf8.isValid(bytes, from, bytes.length - from)) {
            throw new UnreadableRecordException("a text of " + (bytes.length - from) + " bytes is not valid UTF-8");
        }
    }

    private byte[] bytes(int start, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(start, bytes);
        return bytes;
    }

    // ---- bytes ----

    private int skipped(int count) {
        if (count > end - at) {
            throw new UnreadableRecordException(
                    "an entry goes on for " + count + " bytes where " + (end - at) + " are left");
        }
        int start = at;
        at += count;
        return start;
    }

    private int readByte() {
        return buffer.getByte(skipped(1));
    }

    private long readUnsigned() {
        long value = 0;
        for (int shift = 0; shift <= MAX_VARINT_BITS; shift += 7) {
            int next = readByte();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new UnreadableRecordException("a number of an entry has more than 10 bytes");
    }

    private long readSigned() {
        long value = readUnsigned();
        return value >>> 1 ^ -(value & 1);
    }

    private int readInt() {
        long value = readSigned();
        if (value != (int) value) {
            throw new UnreadableRecordException("an int of an entry is " + value + ", which takes more than 32 bits");
        }
        return (int) value;
    }

    private int readBoolean() {
        int value = readByte();
        if (value >>> 1 != 0) {
            throw new UnreadableRecordException("a boolean of an entry is " + value + ", expected 0 or 1");
        }
        return value;
    }

    private int readLength() {
        long value = readUnsigned();
        if (value < 0 || value > end - at) {
            throw new UnreadableRecordException(
                    "an entry claims " + value + " bytes of a key or value where " + (end - at) + " are left");
        }
        return (int) value;
    }
}
