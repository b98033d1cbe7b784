package io.millrace.plan.source;

import io.millrace.type.RecordType;

/** What a stream reads from outside. Open: a connector brings its own spec, and the driver that knows it. */
public interface SourceSpec {
    /** A short name for plans, logs and messages, such as {@code socket localhost:9999}. */
    String name();

    /** The type of its records; {@link RecordType#UNKNOWN} where it must be observed. */
    RecordType recordType();
}
