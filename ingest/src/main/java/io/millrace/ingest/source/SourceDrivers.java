package io.millrace.ingest.source;

import io.millrace.api.MillraceException;
import io.millrace.api.receiver.Receiver;
import io.millrace.ingest.IngestConfig;
import io.millrace.ingest.IngestPorts;
import io.millrace.ingest.block.BlockFramer;
import io.millrace.ingest.receiver.ReceiverSupervisor;
import io.millrace.ingest.ring.ObjectHolding;
import io.millrace.ingest.text.LineFramer;
import io.millrace.offheap.codec.UnregisteredClassException;
import io.millrace.plan.source.PushSpec;
import io.millrace.plan.source.RawSocketSpec;
import io.millrace.plan.source.ReceiverSpec;
import io.millrace.plan.source.SocketConverterSpec;
import io.millrace.plan.source.SocketTextSpec;
import io.millrace.plan.source.SourceSpec;
import java.lang.reflect.Modifier;

/** Finds the driver that knows a spec. */
public final class SourceDrivers {
    private SourceDrivers() {}

    /**
     * A source for one input stream; not started yet.
     *
     * @param spec what to read
     * @param streamId the number of the input stream, from 0
     * @param config checked settings
     * @param ports memory, time, threads, network
     * @throws IllegalArgumentException if no driver here knows the spec
     */
    public static PushedSource open(SourceSpec spec, int streamId, IngestConfig config, IngestPorts ports) {
        if (spec instanceof SocketTextSpec socket) {
            return new AgentSource(
                    spec.name(),
                    streamId,
                    config,
                    ports,
                    (producer, makeRoom) -> new SocketDriver(
                            spec.name(),
                            socket.host(),
                            socket.port(),
                            new LineFramer(producer),
                            config.restartDelayMs(),
                            ports,
                            producer));
        }
        if (spec instanceof RawSocketSpec socket) {
            return new AgentSource(
                    spec.name(),
                    streamId,
                    config,
                    ports,
                    (producer, makeRoom) -> new SocketDriver(
                            spec.name(),
                            socket.host(),
                            socket.port(),
                            new BlockFramer(producer, config.maxHeldRecords()),
                            config.restartDelayMs(),
                            ports,
                            producer));
        }
        if (spec instanceof SocketConverterSpec socket) {
            Receiver<?> receiver = new ConvertedSocket<>(socket, ports.sockets(), ports.threads());
            return supervised(receiver, spec.name(), streamId, config, ports);
        }
        if (spec instanceof ReceiverSpec receiver) {
            checkClass(receiver, streamId, config, ports);
            return supervised(receiver.receiver(), spec.name(), streamId, config, ports);
        }
        if (spec instanceof PushSpec push) {
            return new PushSource(push, streamId, config, ports);
        }
        throw new IllegalArgumentException("no driver pushes records of source '" + spec.name() + "', a "
                + spec.getClass().getName()
                + "; ingest knows SocketTextSpec, RawSocketSpec, SocketConverterSpec, ReceiverSpec and PushSpec");
    }

    /** What would be refused at the first store is refused now, where the program said what it will store. */
    private static void checkClass(ReceiverSpec spec, int streamId, IngestConfig config, IngestPorts ports) {
        Class<?> records = spec.recordClass();
        boolean isOneClass = records != null && records != Object.class && !Modifier.isAbstract(records.getModifiers());
        if (isOneClass
                && ObjectHolding.of(spec.receiver().storageLevel(), config.isLogged()) == ObjectHolding.AS_BYTES
                && !ports.objects().classes().keeps(records)) {
            throw new MillraceException(spec.name() + " (stream " + streamId + ") cannot be started: "
                    + (config.isLogged()
                            ? "the write-ahead log"
                            : "its storage level, " + spec.receiver().storageLevel() + ",")
                    + " keeps nothing as objects: "
                    + new UnregisteredClassException(records.getTypeName(), "written").getMessage()
                    + ObjectHolding.wayOut(config.isLogged()));
        }
    }

    private static <T> PushedSource supervised(
            Receiver<T> receiver, String name, int streamId, IngestConfig config, IngestPorts ports) {
        return new AgentSource(
                name,
                streamId,
                config,
                ports,
                (producer, makeRoom) -> new ReceiverSupervisor<>(receiver, name, producer, config, ports, makeRoom));
    }
}
