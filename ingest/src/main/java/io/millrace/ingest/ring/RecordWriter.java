package io.millrace.ingest.ring;

import io.millrace.offheap.block.BlockBytesReader;
import io.millrace.offheap.block.Slab;
import io.millrace.offheap.codec.ByteBuilder;
import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.codec.Utf8;
import io.millrace.offheap.column.ElementType;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes single records into a ring, each in the lane its class asks for: text and bytes as bytes, numbers as numbers,
 * everything else as the object it is.
 *
 * <table>
 * <caption>How a record is held</caption>
 * <tr><td>{@link String}</td><td>UTF8; with lone surrogates, which UTF-8 cannot hold: as anything else</td></tr>
 * <tr><td>{@code byte[]}</td><td>BYTES, a copy</td></tr>
 * <tr><td>Integer, Long, Boolean, Double, Float</td><td>its own type</td></tr>
 * <tr><td>anything else, and null</td><td>REF: the object itself, at most {@code maxHeldRecords} of them at a time; or its bytes,
 * where its {@link ObjectHolding} asks for them</td></tr>
 * </table>
 *
 * <p>A slab has one type, so a record of another type opens the next slab. A stream whose types keep alternating would fill
 * the memory with slabs of few rows: it is held as objects from then on, which is said once.
 *
 * <p>Thread: one writer at a time. Memory: allocates nothing per record that fits a slab.
 */
public final class RecordWriter {
    /** A slab left with fewer rows than this is a short run. */
    private static final int SHORT_RUN_ROWS = 64;
    /** So many short runs in a row make a stream mixed. */
    private static final int MAX_SHORT_RUNS = 16;
    /** A scratch array larger than this is not kept. */
    private static final int MAX_KEPT_SCRATCH = 1 << 20;

    private static final byte[] NO_BYTES = {};

    private final RingProducer producer;
    private final long maxHeldRecords;
    private final ObjectEncoder encoder;

    private byte[] scratch = new byte[1024];
    private long refsWritten;
    private int shortRuns;
    private boolean isMixed;

    /**
     * A writer to one ring, of objects as they are.
     *
     * @param producer the ring's producing end
     * @param maxHeldRecords how many objects may be held, from being written to the release of their block
     */
    public RecordWriter(RingProducer producer, long maxHeldRecords) {
        this(producer, maxHeldRecords, ObjectHolding.AS_OBJECTS, null);
    }

    /**
     * A writer to one ring.
     *
     * @param producer the ring's producing end
     * @param maxHeldRecords how many objects may be held, from being written to the release of their block
     * @param holding how objects are held
     * @param encoding of objects that are held as bytes
     */
    public RecordWriter(RingProducer producer, long maxHeldRecords, ObjectHolding holding, ObjectEncoding encoding) {
        this.producer = producer;
        this.maxHeldRecords = maxHeldRecords;
        this.encoder = new ObjectEncoder(holding, encoding, producer::warn);
    }

    /**
     * Write one record of any class.
     *
     * @throws IllegalArgumentException if it is to be held as bytes and cannot be
     */
    public OfferResult write(Object record) {
        if (isMixed) {
            return writeObject(record);
        }
        if (record instanceof String text) {
            return writeText(text);
        }
        if (record instanceof byte[] bytes) {
            return writeBytes(ElementType.BYTES, bytes, 0, bytes.length);
        }
        ElementType type = ElementType.of(record);
        return switch (type) {
            case INT -> writeLong(type, (Integer) record);
            case LONG -> writeLong(type, (Long) record);
            case BOOLEAN -> writeLong(type, (Boolean) record ? 1 : 0);
            case DOUBLE -> writeDouble(type, (Double) record);
            case FLOAT -> writeDouble(type, (Float) record);
            default -> writeObject(record);
        };
    }

    /** Write one text from bytes that should be UTF-8; what is not becomes U+FFFD, as in {@code new String(bytes, UTF_8)}. */
    public OfferResult writeUtf8(byte[] bytes, int offset, int length) {
        if (length > producer.maxRecordBytes()) {
            return leaveOut(length, bytes, offset, length);
        }
        if (Utf8.isValid(bytes, offset, length)) {
            return writeValidUtf8(bytes, offset, length);
        }
        UnsafeBuffer wrong = new UnsafeBuffer(bytes, offset, length);
        long rightLength = Utf8.repairedLength(wrong, 0, length);
        if (rightLength > producer.maxRecordBytes()) {
            return leaveOut(rightLength, bytes, offset, length);
        }
        byte[] repaired = new byte[(int) rightLength];
        Utf8.repair(wrong, 0, length, new UnsafeBuffer(repaired), 0);
        OfferResult result = writeValidUtf8(repaired, 0, repaired.length);
        if (result == OfferResult.ACCEPTED) {
            producer.counters().countRepaired();
        }
        return result;
    }

    private OfferResult writeValidUtf8(byte[] bytes, int offset, int length) {
        return isMixed
                ? writeObject(new String(bytes, offset, length, StandardCharsets.UTF_8))
                : writeBytes(ElementType.UTF8, bytes, offset, length);
    }

    /**
     * Write the rows of a block that came as bytes.
     *
     * @param rows moves behind what was written
     * @return ACCEPTED when all are written, those left out that are too long; or FULL: call again later with the same rows
     */
    public OfferResult writeRows(BlockBytesReader rows) {
        while (rows.remainingRows() > 0) {
            int length = rows.nextRowBytes();
            if (length > producer.maxRecordBytes()) {
                rows.skipRow();
                leaveOut(length, NO_BYTES, 0, 0);
                continue;
            }
            Slab slab = producer.slab();
            int copied = slab == null || slab.type() != rows.type() || slab.encoding() != null ? 0 : rows.copyTo(slab);
            if (copied == 0) {
                slab = open(producer.takeFor(rows.type(), length));
                if (slab == null) {
                    return OfferResult.FULL;
                }
                copied = rows.copyTo(slab);
            }
            producer.publish(copied, slab.bytesOf(slab.rows() - copied, slab.rows()));
        }
        return OfferResult.ACCEPTED;
    }

    private OfferResult writeText(String text) {
        int chars = text.length();
        if (chars > producer.maxRecordBytes()) {
            byte[] head = text.substring(0, Math.min(chars, 64)).getBytes(StandardCharsets.UTF_8);
            return leaveOut(chars, head, 0, head.length);
        }
        long needed = (long) chars * Utf8.MAX_BYTES_PER_CHAR;
        if (needed > scratch.length) {
            scratch = new byte[(int) Math.min(Integer.MAX_VALUE - 16, Math.max(needed, 2L * scratch.length))];
        }
        int length = Utf8.encode(text, scratch);
        OfferResult result = length < 0 ? writeObject(text) : writeBytes(ElementType.UTF8, scratch, 0, length);
        if (scratch.length > MAX_KEPT_SCRATCH) {
            scratch = new byte[1024];
        }
        return result;
    }

    private OfferResult writeBytes(ElementType type, byte[] bytes, int offset, int length) {
        return writeBytes(type, null, bytes, offset, length);
    }

    private OfferResult writeBytes(ElementType type, ObjectEncoding encoding, byte[] bytes, int offset, int length) {
        if (length > producer.maxRecordBytes()) {
            return leaveOut(length, bytes, offset, length);
        }
        Slab slab = producer.slab();
        if (slab == null
                || slab.type() != type
                || slab.encoding() != encoding
                || !slab.appendBytes(bytes, offset, length)) {
            slab = open(producer.takeFor(type, length, encoding));
            if (slab == null) {
                return OfferResult.FULL;
            }
            slab.appendBytes(bytes, offset, length);
        }
        return published(length);
    }

    private OfferResult writeLong(ElementType type, long value) {
        Slab slab = producer.slab();
        if (slab == null || slab.type() != type || !slab.appendLong(value)) {
            slab = open(producer.take(type));
            if (slab == null) {
                return OfferResult.FULL;
            }
            slab.appendLong(value);
        }
        return published(Long.BYTES);
    }

    private OfferResult writeDouble(ElementType type, double value) {
        Slab slab = producer.slab();
        if (slab == null || slab.type() != type || !slab.appendDouble(value)) {
            slab = open(producer.take(type));
            if (slab == null) {
                return OfferResult.FULL;
            }
            slab.appendDouble(value);
        }
        return published(Double.BYTES);
    }

    private OfferResult writeObject(Object record) {
        ByteBuilder encoded = encoder.encoded(record);
        return encoded == null
                ? writeRef(record)
                : writeBytes(ElementType.BYTES, encoder.encoding(), encoded.array(), 0, encoded.length());
    }

    private OfferResult writeRef(Object record) {
        if (!producer.mayHold(refsWritten, maxHeldRecords)) {
            producer.countFull();
            return OfferResult.FULL;
        }
        Slab slab = producer.slab();
        if (slab == null || slab.type() != ElementType.REF || !slab.appendRef(record)) {
            slab = open(producer.take(ElementType.REF));
            if (slab == null) {
                return OfferResult.FULL;
            }
            slab.appendRef(record);
        }
        refsWritten++;
        return published(0);
    }

    private OfferResult published(int bytes) {
        producer.publish(1, bytes);
        return OfferResult.ACCEPTED;
    }

    private OfferResult leaveOut(long length, byte[] bytes, int offset, int count) {
        producer.leaveOut(length, bytes, offset, count);
        return OfferResult.TOO_LONG;
    }

    /** Make {@code next} the open slab, unless it is null; notices when types keep alternating. */
    private Slab open(Slab next) {
        if (next == null) {
            return null;
        }
        Slab previous = producer.slab();
        if (previous != null && !isSameKind(previous, next)) {
            shortRuns = previous.rows() < SHORT_RUN_ROWS ? shortRuns + 1 : 0;
            if (shortRuns == MAX_SHORT_RUNS) {
                isMixed = true;
                producer.warn(
                        "records of " + kindOf(previous) + " and " + kindOf(next) + " keep alternating; from now on all"
                                + " records of this stream are held as objects are, up to"
                                + " millrace.receiver.maxHeldRecords = " + maxHeldRecords + " unless as bytes");
            }
        }
        producer.use(next);
        return next;
    }

    private static boolean isSameKind(Slab one, Slab other) {
        return one.type() == other.type() && one.encoding() == other.encoding();
    }

    private static String kindOf(Slab slab) {
        return slab.encoding() == null ? slab.type().toString() : "objects as bytes";
    }
}
