package io.millrace.engine.local;

import io.millrace.ingest.net.NioSocketPort;
import io.millrace.ingest.net.SocketPort;
import java.util.concurrent.ThreadFactory;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * What the engine is given from outside: time, threads, network. A simulator passes its own.
 *
 * @param epochClock wall time, for the batch grid
 * @param nanoClock for durations
 * @param threads makes all threads of the engine; daemons by default, so that they never keep a JVM alive
 * @param sockets the network
 */
public record EnginePorts(EpochNanoClock epochClock, NanoClock nanoClock, ThreadFactory threads, SocketPort sockets) {

    /** The real ones. */
    public static EnginePorts ofSystem() {
        return new EnginePorts(
                new SystemEpochNanoClock(), SystemNanoClock.INSTANCE, DaemonThreads.INSTANCE, new NioSocketPort());
    }

    /** The same with another maker of threads. */
    public EnginePorts withThreads(ThreadFactory other) {
        return new EnginePorts(epochClock, nanoClock, other, sockets);
    }
}
