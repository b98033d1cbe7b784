package io.millrace.engine.local;

import io.millrace.checkpoint.file.DiskFileStore;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.ingest.net.NioSocketPort;
import io.millrace.ingest.net.SocketPort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * @param checkpoints where checkpoints are
 */
public record EnginePorts(
        EpochNanoClock epochClock,
        NanoClock nanoClock,
        ThreadFactory threads,
        SocketPort sockets,
        CheckpointStores checkpoints) {

    /** Opens the files of a checkpoint directory. */
    @FunctionalInterface
    public interface CheckpointStores {
        /**
         * The files of a directory, which is made if it is not there.
         *
         * @throws IOException if it cannot be
         */
        FileStore open(String directory) throws IOException;
    }

    /** With checkpoints on the disk. */
    public EnginePorts(EpochNanoClock epochClock, NanoClock nanoClock, ThreadFactory threads, SocketPort sockets) {
        this(epochClock, nanoClock, threads, sockets, EnginePorts::onDisk);
    }

    private static FileStore onDisk(String directory) throws IOException {
        Path path = directory.startsWith("file:") ? Path.of(URI.create(directory)) : Path.of(directory);
        Files.createDirectories(path);
        return new DiskFileStore(path);
    }

    /** The real ones. */
    public static EnginePorts ofSystem() {
        return new EnginePorts(
                new SystemEpochNanoClock(), SystemNanoClock.INSTANCE, DaemonThreads.INSTANCE, new NioSocketPort());
    }

    /** The same with another maker of threads. */
    public EnginePorts withThreads(ThreadFactory other) {
        return new EnginePorts(epochClock, nanoClock, other, sockets, checkpoints);
    }
}
