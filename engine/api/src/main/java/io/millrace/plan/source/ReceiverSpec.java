package io.millrace.plan.source;

import io.millrace.api.receiver.Receiver;
import io.millrace.type.RecordType;
import java.util.Objects;

/**
 * Whatever a user's receiver stores (guide, "Custom Receivers").
 *
 * @param recordClass what the program said the records are; null if it did not
 */
public record ReceiverSpec(Receiver<?> receiver, RecordType recordType, Class<?> recordClass) implements SourceSpec {
    /** Only the class may be null. */
    public ReceiverSpec {
        Objects.requireNonNull(receiver, "receiver");
        Objects.requireNonNull(recordType, "record type");
    }

    /** A receiver of records that are observed. */
    public ReceiverSpec(Receiver<?> receiver) {
        this(receiver, RecordType.UNKNOWN, null);
    }

    /** A receiver of records of a class. */
    public ReceiverSpec(Receiver<?> receiver, Class<?> recordClass) {
        this(receiver, RecordType.of(recordClass), recordClass);
    }

    @Override
    public String name() {
        return "receiver " + classNameOf(receiver);
    }

    /** The name of a receiver's class without its package; one without a name of its own has that of the class around it. */
    public static String classNameOf(Receiver<?> receiver) {
        Class<?> type = receiver.getClass();
        return type.isAnonymousClass()
                ? type.getName().substring(type.getPackageName().length()).replace(".", "")
                : type.getSimpleName();
    }
}
