package io.millrace.engine.local;

import io.millrace.checkpoint.file.DiskFileStore;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.engine.save.SavePorts;
import io.millrace.ingest.net.NioSocketPort;
import io.millrace.ingest.net.SocketPort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
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
 * @param saves where outputs save files
 * @param diskThreads makes those that wait for a checkpoint's disk where the caller drives; null if the caller waits
 */
public record EnginePorts(
        EpochNanoClock epochClock,
        NanoClock nanoClock,
        ThreadFactory threads,
        SocketPort sockets,
        CheckpointStores checkpoints,
        SavePorts saves,
        ThreadFactory diskThreads) {

    /** Opens the files of a checkpoint directory. */
    @FunctionalInterface
    public interface CheckpointStores {
        /**
         * The files of a directory, which is made if it is not there.
         *
         * @throws IOException if it cannot be
         */
        FileStore open(String directory) throws IOException;

        /**
         * The files of a directory that is to stay as it is.
         *
         * @throws IOException if there is none
         */
        default FileStore look(String directory) throws IOException {
            return open(directory);
        }

        /**
         * Give a directory another name, so that the next {@link #open} finds nothing.
         *
         * @return the name
         * @throws IOException if that cannot be
         */
        default String setAside(String directory) throws IOException {
            throw new IOException("'" + directory + "' cannot be moved aside here");
        }
    }

    /** Checkpoints on the disk. */
    private static final class OnDisk implements CheckpointStores {
        @Override
        public FileStore look(String directory) throws IOException {
            if (!Files.isDirectory(path(directory))) {
                throw new NotDirectoryException(directory);
            }
            return open(directory);
        }

        @Override
        public FileStore open(String directory) throws IOException {
            return new DiskFileStore(Files.createDirectories(path(directory)));
        }

        @Override
        public String setAside(String directory) throws IOException {
            Path path = path(directory).toAbsolutePath();
            int number = 1;
            while (Files.exists(unreadable(path, number))) {
                number++;
            }
            return Files.move(path, unreadable(path, number)).toString();
        }

        private static Path unreadable(Path path, int number) {
            return path.resolveSibling(path.getFileName() + ".unreadable-" + number);
        }

        private static Path path(String directory) {
            return directory.startsWith("file:") ? Path.of(URI.create(directory)) : Path.of(directory);
        }
    }

    /** With saved files on the disk, and a caller that waits. */
    public EnginePorts(
            EpochNanoClock epochClock,
            NanoClock nanoClock,
            ThreadFactory threads,
            SocketPort sockets,
            CheckpointStores checkpoints) {
        this(epochClock, nanoClock, threads, sockets, checkpoints, SavePorts.ON_DISK, null);
    }

    /** With checkpoints on the disk as well. */
    public EnginePorts(EpochNanoClock epochClock, NanoClock nanoClock, ThreadFactory threads, SocketPort sockets) {
        this(epochClock, nanoClock, threads, sockets, new OnDisk());
    }

    /** The real ones. */
    public static EnginePorts ofSystem() {
        return new EnginePorts(
                new SystemEpochNanoClock(), SystemNanoClock.INSTANCE, DaemonThreads.INSTANCE, new NioSocketPort());
    }

    /** The same with another maker of threads. */
    public EnginePorts withThreads(ThreadFactory other) {
        return new EnginePorts(epochClock, nanoClock, other, sockets, checkpoints, saves, diskThreads);
    }
}
