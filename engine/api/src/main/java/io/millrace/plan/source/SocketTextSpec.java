package io.millrace.plan.source;

import io.millrace.api.StorageLevel;
import io.millrace.type.RecordType;
import java.util.Objects;

/** Lines of UTF-8 text from a TCP server that we connect to (guide, "Basic Sources"). */
public record SocketTextSpec(String host, int port, StorageLevel level) implements SourceSpec {
    /** @throws IllegalArgumentException if the port is outside 1..65535 */
    public SocketTextSpec {
        checkAddress(host, port);
        Objects.requireNonNull(level, "storage level");
    }

    static void checkAddress(String host, int port) {
        Objects.requireNonNull(host, "host");
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " of host " + host + " is outside 1..65535");
        }
    }

    @Override
    public String name() {
        return "socket " + host + ":" + port;
    }

    @Override
    public RecordType recordType() {
        return RecordType.UTF8;
    }
}
