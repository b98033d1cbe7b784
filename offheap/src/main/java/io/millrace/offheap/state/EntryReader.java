package io.millrace.offheap.state;

import io.millrace.offheap.codec.CanonicalForm;
import io.millrace.offheap.codec.UnreadableRecordException;
import io.millrace.offheap.codec.Utf8;
import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
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
    private final ValueCodec keys;
    private final ValueCodec values;
    private final UnaryOperator<Object> mapping;
    private final EntryBlock block = new EntryBlock();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[0]);
    private int at;
    private int end;
    private int row;
    /** Where the bytes of each row's key and value begin. */
    private final int[] starts = new int[EntryBlock.MAX_ROWS];

    private final LongColumn keyNumbers = new LongColumn();
    private final RefColumn keyObjects = new RefColumn();
    private int kind;
    private int tag;
    private int keyLength;
    private int valueLength;
    private long number;
    private Object mapped;
    /** Of blocks that are behind. */
    private long passed;

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
        buffer.wrap(source, offset, length);
        at = 0;
        end = length;
        leaveBlock();
    }

    /**
     * Go on to the next entry.
     *
     * @return false at the end of the chunk
     * @throws UnreadableRecordException if what follows is no entry
     */
    public boolean next() {
        boolean isInBlock = row + 1 < block.rows();
        if (isInBlock) {
            moveTo(row + 1);
        }
        return isInBlock || nextBlock();
    }

    /**
     * Go on to the next block of entries, and to the first one in it. What is left of this one is passed over.
     *
     * @return false at the end of the chunk
     * @throws UnreadableRecordException if what follows is no block
     */
    public boolean nextBlock() {
        leaveBlock();
        if (at == end) {
            return false;
        }
        int start = at;
        at = block.read(buffer, start, end);
        setStarts(start + EntryBlock.HEADER_BYTES);
        moveTo(0);
        return true;
    }

    private void setStarts(int first) {
        int next = first;
        for (int i = 0; i < block.rows(); i++) {
            starts[i] = next;
            next += (int) EntryFormat.bytes(block.heads[i], block.keys[i], block.values[i]);
        }
    }

    private void leaveBlock() {
        passed += block.rows();
        block.clear();
        row = 0;
    }

    /** Go to an entry of this block. */
    void moveTo(int to) {
        show(to);
        mapped = null;
        if (mapping != null && tag != Entry.NONE) {
            map();
        }
    }

    private void show(int to) {
        row = to;
        kind = EntryFormat.kind(block.heads[to]);
        tag = EntryFormat.tag(block.heads[to]);
        number = block.values[to];
        keyLength = kind <= NumberKeys.LONGS ? 0 : (int) block.keys[to];
        valueLength = Entry.isInCell(tag) ? (int) number : 0;
    }

    private void map() {
        Object written = value();
        Object wanted = mapping.apply(written);
        if (wanted == written) {
            return;
        }
        if (wanted == null) {
            hold(Entry.NULL, 0);
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

    // ---- a block ----

    /**
     * How many entries the block has.
     *
     * @return 1 to {@link io.millrace.offheap.column.Chunk#MAX_ROWS}; 0 before the first block and behind the last one
     */
    public int rows() {
        return block.rows();
    }

    /**
     * The keys of the block, a row for each entry. Moves to the first one.
     *
     * @return numbers as a {@link LongColumn} if all are of one class, else all in a {@link RefColumn}; valid until the next call
     * @throws UnreadableRecordException if the bytes of one are none of a key
     */
    public Column keys() {
        if (!hasNumberKeys()) {
            for (int i = 0; i < block.rows(); i++) {
                show(i);
                keyObjects.values()[i] = key();
            }
            moveTo(0);
            return keyObjects;
        }
        keyNumbers.setType(kindOfKeys() == NumberKeys.INTEGERS ? ElementType.INT : ElementType.LONG);
        System.arraycopy(block.keys, 0, keyNumbers.values(), 0, block.rows());
        return keyNumbers;
    }

    /** Whether the block's values are not those that are wanted. */
    boolean isMapped() {
        return mapping != null;
    }

    EntryBlock block() {
        return block;
    }

    /** Whether the keys of the block are Integers, or Longs. */
    boolean hasNumberKeys() {
        int first = kindOfKeys();
        boolean isOne = first <= NumberKeys.LONGS;
        for (int i = 1; isOne && i < block.rows(); i++) {
            isOne = EntryFormat.kind(block.heads[i]) == first;
        }
        return isOne;
    }

    /** Of those, one. */
    int kindOfKeys() {
        return EntryFormat.kind(block.heads[0]);
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
            case NumberKeys.INTEGERS -> (int) keyNumber();
            case NumberKeys.LONGS -> keyNumber();
            default -> objectKey();
        };
    }

    private Object objectKey() {
        if (isTextKey()) {
            return new String(textKey(), 1, keyLength - 1, StandardCharsets.UTF_8);
        }
        Object key = keys.read(bytes(starts[row], keyLength), 0, keyLength);
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
            case Entry.ENCODED ->
                mapped != null ? mapped : values.read(bytes(starts[row] + keyLength, valueLength), 0, valueLength);
            default -> null;
        };
    }

    /**
     * The batch time of the last update; of a key that was removed, that of the last one before.
     *
     * @return milliseconds
     */
    public long updatedMs() {
        return block.times[row];
    }

    /**
     * How many entries were shown, of all chunks.
     *
     * @return a count that only grows
     */
    public long entries() {
        return passed + (block.rows() == 0 ? 0 : row + 1);
    }

    // ---- for stores ----

    /** The kind of the key. */
    int kind() {
        return kind;
    }

    long keyNumber() {
        return block.keys[row];
    }

    /** Whether the key is a text, in UTF-8. */
    boolean isTextKey() {
        return kind == BytesKeys.KIND && buffer.getByte(starts[row]) == CanonicalForm.TEXT;
    }

    /** All bytes of such a key. */
    byte[] textKey() {
        byte[] bytes = bytes(starts[row], keyLength);
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
        byte[] bytes = bytes(starts[row] + keyLength, valueLength);
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
}
