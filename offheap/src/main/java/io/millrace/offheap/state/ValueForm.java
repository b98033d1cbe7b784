package io.millrace.offheap.state;

import io.millrace.offheap.codec.ByteBuilder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How values that are no numbers are held: texts and objects as bytes in cells, what cannot become bytes on the heap. Reading is
 * safe from several threads while nobody writes.
 *
 * <pre>
 *   value of a cold store: time and tag (long, as an entry's meta) │ a number (long), or the bytes
 * </pre>
 */
final class ValueForm {
    /** How many bytes of a cold value come before its number or bytes. */
    static final int COLD_HEADER = Long.BYTES;

    private final CellHeap cells;
    private final ObjectBytes objects;
    private final HeapObjects onHeap = new HeapObjects();
    private final ByteBuilder scratch = new ByteBuilder(128);
    private final HeapWarning warning;

    ValueForm(String operator, CellHeap cells, ObjectBytes objects) {
        this.warning = new HeapWarning(operator, "values");
        this.cells = cells;
        this.objects = objects;
    }

    /** Make a value bytes, kept until the next one; the tag says how it is to be held. */
    int encode(Object value) {
        scratch.truncate(0);
        if (value instanceof String text && scratch.putUtf8(text)) {
            return Entry.TEXT;
        }
        try {
            objects.write(value, scratch);
            return Entry.ENCODED;
        } catch (IllegalArgumentException unwritable) {
            warning.about(value, unwritable.getMessage());
            return Entry.OBJECT;
        }
    }

    /** Whether a cell holds the encoded value. */
    boolean isIn(long cell) {
        int length = scratch.length();
        if (cells.length(cell) != length) {
            return false;
        }
        UnsafeBuffer buffer = cells.buffer(cell);
        int start = CellHeap.start(cell);
        byte[] bytes = scratch.array();
        for (int i = 0; i < length; i++) {
            if (buffer.getByte(start + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether a cold value has a value, as it would be held. */
    boolean isIn(byte[] form, Object value) {
        int tag = Entry.tag(coldMeta(form));
        if (!Entry.isInCell(tag)) {
            return Objects.equals(read(tag, coldNumber(form)), value);
        }
        return value != null
                && encode(value) == tag
                && Arrays.equals(form, COLD_HEADER, form.length, scratch.array(), 0, scratch.length());
    }

    /** Copy the encoded value into a new cell. */
    long newCell() {
        long cell = cells.allocate(scratch.length());
        cells.buffer(cell).putBytes(CellHeap.start(cell), scratch.array(), 0, scratch.length());
        return cell;
    }

    /** Copy a text's UTF-8 into a new cell. */
    long newCell(byte[] text) {
        long cell = cells.allocate(text.length);
        cells.buffer(cell).putBytes(CellHeap.start(cell), text);
        return cell;
    }

    long keepOnHeap(Object value) {
        return onHeap.add(value);
    }

    /** Free what a word stands for, if it does. */
    void free(int tag, long word) {
        if (Entry.isInCell(tag)) {
            cells.free(word);
        } else if (tag == Entry.OBJECT) {
            onHeap.remove(word);
        }
    }

    /** A value as the class it entered; null if there is none. */
    Object read(int tag, long word) {
        return switch (tag) {
            case Entry.INT, Entry.LONG, Entry.BOOLEAN -> Entry.type(tag).boxed(word);
            case Entry.DOUBLE, Entry.FLOAT -> Entry.type(tag).boxed(Double.longBitsToDouble(word));
            case Entry.TEXT -> new String(cells.bytes(word), StandardCharsets.UTF_8);
            case Entry.ENCODED -> objects.read(cells.bytes(word));
            case Entry.OBJECT -> onHeap.get(word);
            default -> null;
        };
    }

    /** A value for a cold store. */
    byte[] coldForm(long meta, long word) {
        int tag = Entry.tag(meta);
        boolean isInCell = Entry.isInCell(tag);
        int length = isInCell ? cells.length(word) : Long.BYTES;
        UnsafeBuffer form = new UnsafeBuffer(new byte[Long.BYTES + length]);
        form.putLong(0, Entry.meta(Entry.time(meta), tag), ByteOrder.LITTLE_ENDIAN);
        if (isInCell) {
            form.putBytes(Long.BYTES, cells.buffer(word), CellHeap.start(word), length);
        } else {
            form.putLong(Long.BYTES, word, ByteOrder.LITTLE_ENDIAN);
        }
        return form.byteArray();
    }

    static long coldMeta(byte[] form) {
        return new UnsafeBuffer(form).getLong(0, ByteOrder.LITTLE_ENDIAN);
    }

    /** The word of an entry for a cold value: its number, or a new cell with its bytes. */
    long wordOf(byte[] form) {
        if (!Entry.isInCell(Entry.tag(coldMeta(form)))) {
            return coldNumber(form);
        }
        int length = form.length - Long.BYTES;
        long cell = cells.allocate(length);
        cells.buffer(cell).putBytes(CellHeap.start(cell), form, Long.BYTES, length);
        return cell;
    }

    static long coldNumber(byte[] form) {
        return new UnsafeBuffer(form).getLong(Long.BYTES, ByteOrder.LITTLE_ENDIAN);
    }

    /** The value and time of a cold value. */
    StoredValue readCold(byte[] form) {
        long meta = coldMeta(form);
        int tag = Entry.tag(meta);
        Object value = switch (tag) {
            case Entry.TEXT -> new String(form, Long.BYTES, form.length - Long.BYTES, StandardCharsets.UTF_8);
            case Entry.ENCODED -> objects.read(Arrays.copyOfRange(form, Long.BYTES, form.length));
            default -> read(tag, coldNumber(form));
        };
        return new StoredValue(value, Entry.time(meta));
    }
}
