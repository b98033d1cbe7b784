package io.millrace.checkpoint.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** A directory of this machine's disk. Links inside it are not followed. */
public final class DiskFileStore implements FileStore {

    /**
     * What this JVM has locked. It is asked before the lock file is opened: closing a second descriptor of it would drop
     * the lock of the first.
     */
    private static final Set<Object> LOCKED = ConcurrentHashMap.newKeySet();

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path asGiven;
    private final Path root;

    /**
     * A store on a directory, which is made if it is not there, for this user alone.
     *
     * @param directory any path to it
     * @throws IOException if it cannot be made, or is no directory
     */
    public DiskFileStore(Path directory) throws IOException {
        asGiven = directory.toAbsolutePath().normalize();
        if (!Files.exists(asGiven)) {
            Files.createDirectories(asGiven.getParent());
            if (isPosix(asGiven.getParent())) {
                Files.createDirectory(asGiven, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            } else {
                Files.createDirectory(asGiven);
            }
            force(asGiven.getParent());
        }
        root = asGiven.toRealPath();
        if (!Files.isDirectory(root)) {
            throw new IOException("checkpoint directory '" + root + "' is a file; name a directory");
        }
    }

    @Override
    public Object identity() throws IOException {
        Object key = Files.readAttributes(root, BasicFileAttributes.class).fileKey();
        return key == null ? root : key;
    }

    @Override
    public String location() {
        return root.toString();
    }

    @Override
    public void requireSecure() throws IOException {
        if (Files.isSymbolicLink(asGiven)) {
            throw new CheckpointException(
                    CheckpointException.INSECURE_DIRECTORY,
                    "checkpoint directory '" + asGiven + "' is a symbolic link, which others may turn; name '" + root
                            + "' itself");
        }
        if (!isPosix(root)) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(root);
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new CheckpointException(
                    CheckpointException.INSECURE_DIRECTORY,
                    "checkpoint directory '" + root + "' may be written by others: "
                            + PosixFilePermissions.toString(permissions) + "; run chmod go-w on it");
        }
    }

    @Override
    public StoreFile create(String name) throws IOException {
        return open("creation", name, true, StandardOpenOption.CREATE_NEW);
    }

    @Override
    public StoreFile open(String name) throws IOException {
        return open("opening", name, true);
    }

    @Override
    public StoreFile openReadOnly(String name) throws IOException {
        return open("opening", name, false);
    }

    private StoreFile open(String operation, String name, boolean isWritable, OpenOption... more) throws IOException {
        List<OpenOption> options = new ArrayList<>(List.of(more));
        options.add(StandardOpenOption.READ);
        options.add(LinkOption.NOFOLLOW_LINKS);
        if (isWritable) {
            options.add(StandardOpenOption.WRITE);
        }
        try {
            return new DiskFile(name, FileChannel.open(path(name), options.toArray(new OpenOption[0])));
        } catch (IOException e) {
            throw CheckpointException.ofIo(operation, name, -1, e);
        }
    }

    @Override
    public List<String> list(String folder) throws IOException {
        Path path = path(folder);
        List<String> names = new ArrayList<>();
        try {
            if (attributes(path) == null) {
                return names;
            }
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    BasicFileAttributes attributes = attributes(entry);
                    if (attributes != null) {
                        names.add(entry.getFileName() + (attributes.isDirectory() ? "/" : ""));
                    }
                }
            }
        } catch (DirectoryIteratorException e) {
            throw CheckpointException.ofIo("listing", folder, -1, e.getCause());
        } catch (IOException e) {
            throw CheckpointException.ofIo("listing", folder, -1, e);
        }
        Collections.sort(names);
        return names;
    }

    /** What there is of a name, null if nothing. {@link Files#exists} would call nothing what cannot be looked at. */
    private static BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public boolean exists(String name) throws IOException {
        try {
            return attributes(path(name)) != null;
        } catch (IOException e) {
            throw CheckpointException.ofIo("looking", name, -1, e);
        }
    }

    @Override
    public long size(String name) throws IOException {
        try {
            return Files.size(path(name));
        } catch (IOException e) {
            throw CheckpointException.ofIo("sizing", name, -1, e);
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        try {
            Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw CheckpointException.ofIo("renaming", from, -1, e);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        try {
            Files.delete(path(name));
        } catch (IOException e) {
            throw CheckpointException.ofIo("deletion", name, -1, e);
        }
    }

    @Override
    public void makeFolder(String folder) throws IOException {
        try {
            Files.createDirectories(path(folder));
        } catch (IOException e) {
            throw CheckpointException.ofIo("making", folder, -1, e);
        }
    }

    @Override
    public void forceFolder(String folder) throws IOException {
        try {
            force(path(folder));
        } catch (IOException e) {
            throw CheckpointException.ofIo("forcing", folder, -1, e);
        }
    }

    private static void force(Path folder) throws IOException {
        if (!isPosix(folder)) {
            return; // Windows opens no directory; NTFS writes its own journal of names.
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public long usableBytes() throws IOException {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException e) {
            throw CheckpointException.ofIo("asking for the free space", "", -1, e);
        }
    }

    @Override
    public DirectBuffer mapReadOnly(String name) throws IOException {
        try (FileChannel channel = FileChannel.open(path(name), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        } catch (IOException e) {
            throw CheckpointException.ofIo("mapping", name, -1, e);
        }
    }

    @Override
    public void unmap(DirectBuffer mapped) {
        IoUtil.unmap((MappedByteBuffer) mapped.byteBuffer());
    }

    @Override
    public StoreLock tryLock(String name) throws IOException {
        Object key = List.of(identity(), name);
        if (!LOCKED.add(key)) {
            return null;
        }
        FileChannel channel = null;
        FileLock lock = null;
        try {
            channel = FileChannel.open(
                    path(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        } catch (IOException e) {
            throw CheckpointException.ofIo("locking", name, -1, e);
        } finally {
            if (lock == null) {
                LOCKED.remove(key);
                if (channel != null) {
                    channel.close();
                }
            }
        }
        return lock == null ? null : new DiskLock(key, channel);
    }

    private Path path(String name) {
        return root.resolve(FileStore.requireName(name));
    }

    private static boolean isPosix(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
    }

    private record DiskLock(Object key, FileChannel channel) implements StoreLock {
        @Override
        public void close() throws IOException {
            if (channel.isOpen()) {
                channel.close();
                LOCKED.remove(key);
            }
        }
    }

    private record DiskFile(String name, FileChannel channel) implements StoreFile {
        @Override
        public void read(long position, ByteBuffer into) throws IOException {
            long at = position;
            try {
                while (into.hasRemaining()) {
                    int count = channel.read(into, at);
                    if (count < 0) {
                        throw new EOFException();
                    }
                    at += count;
                }
            } catch (IOException e) {
                throw CheckpointException.ofIo("read", name, at, e);
            }
        }

        @Override
        public void write(long position, ByteBuffer from) throws IOException {
            long at = position;
            try {
                while (from.hasRemaining()) {
                    at += channel.write(from, at);
                }
            } catch (IOException e) {
                throw CheckpointException.ofIo("write", name, at, e);
            }
        }

        @Override
        public long size() throws IOException {
            try {
                return channel.size();
            } catch (IOException e) {
                throw CheckpointException.ofIo("sizing", name, -1, e);
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            try {
                channel.truncate(size);
            } catch (IOException e) {
                throw CheckpointException.ofIo("cutting", name, size, e);
            }
        }

        @Override
        public void force(boolean metadata) throws IOException {
            try {
                channel.force(metadata);
            } catch (IOException e) {
                throw CheckpointException.ofIo("force", name, -1, e);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
