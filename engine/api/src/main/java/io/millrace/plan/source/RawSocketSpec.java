package io.millrace.plan.source;

import io.millrace.api.StorageLevel;
import io.millrace.type.RecordType;
import java.util.Objects;

/** Whole blocks from a TCP server, each with its length before it. */
public record RawSocketSpec(String host, int port, StorageLevel level) implements SourceSpec {
    /** @throws IllegalArgumentException if the port is outside 1..65535 */
    public RawSocketSpec {
        SocketTextSpec.checkAddress(host, port);
        Objects.requireNonNull(level, "storage level");
    }

    @Override
    public String name() {
        return "raw socket " + host + ":" + port;
    }

    @Override
    public RecordType recordType() {
        return RecordType.UNKNOWN;
    }
}
