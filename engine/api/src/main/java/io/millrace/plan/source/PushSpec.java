package io.millrace.plan.source;

import io.millrace.type.RecordType;
import java.util.Objects;

/** What the embedding process offers, record by record. */
public record PushSpec(RecordType recordType) implements SourceSpec {
    /** The type may not be null. */
    public PushSpec {
        Objects.requireNonNull(recordType, "record type");
    }

    @Override
    public String name() {
        return "push " + recordType;
    }
}
