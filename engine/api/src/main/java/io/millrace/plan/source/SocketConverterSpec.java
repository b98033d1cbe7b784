package io.millrace.plan.source;

import io.millrace.api.StorageLevel;
import io.millrace.api.function.Function;
import io.millrace.type.RecordType;
import java.io.InputStream;
import java.util.Objects;

/** What a function of the program makes of the bytes that a TCP server sends; called once per connection. */
public record SocketConverterSpec(
        String host, int port, Function<InputStream, ? extends Iterable<?>> converter, StorageLevel level)
        implements SourceSpec {
    /** @throws IllegalArgumentException if the port is outside 1..65535 */
    public SocketConverterSpec {
        SocketTextSpec.checkAddress(host, port);
        Objects.requireNonNull(converter, "socketStream: the converter");
        Objects.requireNonNull(level, "storage level");
    }

    @Override
    public String name() {
        return "converted socket " + host + ":" + port;
    }

    @Override
    public RecordType recordType() {
        return RecordType.UNKNOWN;
    }
}
