package io.millrace.ingest.ring;

import io.millrace.offheap.codec.ByteBuilder;
import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.codec.PairCodec;
import io.millrace.offheap.codec.UnregisteredClassException;
import io.millrace.offheap.codec.ValueCodec;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Turns objects into bytes where that is how they are to be held, and remembers which classes cannot be. Owner: one writer. */
public final class ObjectEncoder {
    private static final int MAX_KEPT_BYTES = 1 << 20;

    private final ObjectHolding holding;
    private final ObjectEncoding encoding;
    private final ValueCodec codec;
    private final Consumer<String> warnings;
    private final Set<Class<?>> heldAsObjects = new HashSet<>();
    private final Set<Class<?>> kept = new HashSet<>();
    private ByteBuilder bytes = new ByteBuilder(256);

    /**
     * An encoder of one writer.
     *
     * @param encoding may be null where objects are held as they are
     * @param warnings told once of the first class that is held as objects though it should not be
     */
    public ObjectEncoder(ObjectHolding holding, ObjectEncoding encoding, Consumer<String> warnings) {
        this.holding = holding;
        this.encoding = encoding;
        this.codec = holding == ObjectHolding.AS_OBJECTS ? null : encoding.newCodec();
        this.warnings = warnings;
    }

    /**
     * Try to make bytes of an object.
     *
     * @return the bytes, good until the next call; or null: it is to be held as it is
     * @throws IllegalArgumentException if it may not be held as it is
     */
    public ByteBuilder encoded(Object record) {
        if (codec == null || record != null && heldAsObjects.contains(record.getClass())) {
            return null;
        }
        bytes = bytes.array().length > MAX_KEPT_BYTES ? new ByteBuilder(256) : bytes;
        bytes.truncate(0);
        try {
            codec.write(record, bytes);
            requireKept(record);
            return bytes;
        } catch (IllegalArgumentException unwritable) {
            if (holding == ObjectHolding.AS_BYTES) {
                throw unwritable;
            }
            if (heldAsObjects.isEmpty()) {
                warnings.accept(
                        "objects are held as such, up to millrace.receiver.maxHeldRecords, though the storage level"
                                + " asks for bytes: " + unwritable.getMessage());
            }
            heldAsObjects.add(record.getClass());
            return null;
        }
    }

    /** What would come back as an equal object of another class is not what the program has stored. */
    private void requireKept(Object value) {
        if (value == null || kept.contains(value.getClass())) {
            return;
        }
        PairCodec pairs = encoding.classes().pairs();
        if (value.getClass() == pairs.type()) {
            requireKept(pairs.key(value));
            requireKept(pairs.value(value));
        } else if (encoding.classes().keeps(value.getClass())) {
            kept.add(value.getClass());
        } else {
            throw new UnregisteredClassException(value.getClass().getTypeName(), "held as bytes");
        }
    }

    /** How the bytes are to be read. */
    ObjectEncoding encoding() {
        return encoding;
    }
}
