package io.millrace.plan.source;

import io.millrace.api.receiver.Receiver;
import io.millrace.type.RecordType;
import java.util.Objects;

/** Whatever a user's receiver stores (guide, "Custom Receivers"). */
public record ReceiverSpec(Receiver<?> receiver, RecordType recordType) implements SourceSpec {
    /** Neither part may be null. */
    public ReceiverSpec {
        Objects.requireNonNull(receiver, "receiver");
        Objects.requireNonNull(recordType, "record type");
    }

    @Override
    public String name() {
        return "receiver " + receiver.getClass().getSimpleName();
    }
}
