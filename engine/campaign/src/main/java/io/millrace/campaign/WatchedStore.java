package io.millrace.campaign;

import io.millrace.checkpoint.file.FileStore;
import io.millrace.checkpoint.file.StoreFile;
import io.millrace.checkpoint.file.StoreLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.DirectBuffer;

/**
 * The files of a checkpoint as one process has them, watched. A process that is to end within this JVM is ended by {@link #end}, after
 * which nothing reaches the disk, and {@link #release}, which gives back what an operating system would take.
 */
final class WatchedStore implements FileStore {
    private final FileStore store;
    private final Watch watch;
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();
    private final Set<DirectBuffer> mapped = ConcurrentHashMap.newKeySet();
    private volatile boolean hasEnded;

    WatchedStore(FileStore store, Watch watch) {
        this.store = store;
        this.watch = watch;
    }

    /** From now on every operation fails. */
    void end() {
        hasEnded = true;
    }

    /** Close what is open. No thread works with the files any more. */
    void release() throws IOException {
        for (AutoCloseable left : List.copyOf(open)) {
            try {
                left.close();
            } catch (IOException failed) {
                throw failed;
            } catch (Exception impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        List.copyOf(mapped).forEach(this::unmap);
    }

    @FunctionalInterface
    private interface Call<T> {
        T run() throws IOException;
    }

    private <T> T watched(Act act, String name, Call<T> call) throws IOException {
        before(act, name);
        T result = call.run();
        watch.at(act, Moment.AFTER, name);
        return result;
    }

    /** What changes nothing has no point behind it. */
    private <T> T asked(Act act, String name, Call<T> call) throws IOException {
        before(act, name);
        return call.run();
    }

    private void before(Act act, String name) throws IOException {
        if (hasEnded) {
            throw new IOException("the process has ended");
        }
        watch.at(act, Moment.BEFORE, name);
    }

    private StoreFile opened(Act act, String name, Call<StoreFile> call) throws IOException {
        before(act, name);
        StoreFile file = new WatchedFile(call.run());
        open.add(file);
        return file;
    }

    @Override
    public Object identity() throws IOException {
        return store.identity();
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public void requireSecure() throws IOException {
        store.requireSecure();
    }

    @Override
    public StoreFile create(String name) throws IOException {
        StoreFile file = opened(Act.CREATE, name, () -> store.create(name));
        watch.at(Act.CREATE, Moment.AFTER, name);
        return file;
    }

    @Override
    public StoreFile open(String name) throws IOException {
        return opened(Act.OPEN, name, () -> store.open(name));
    }

    @Override
    public StoreFile openReadOnly(String name) throws IOException {
        return opened(Act.OPEN, name, () -> store.openReadOnly(name));
    }

    @Override
    public List<String> list(String folder) throws IOException {
        return asked(Act.LIST, folder, () -> store.list(folder));
    }

    @Override
    public boolean exists(String name) throws IOException {
        return asked(Act.LOOK, name, () -> store.exists(name));
    }

    @Override
    public long size(String name) throws IOException {
        return asked(Act.LOOK, name, () -> store.size(name));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        watched(Act.RENAME, to, () -> {
            store.rename(from, to);
            return null;
        });
    }

    @Override
    public void delete(String name) throws IOException {
        watched(Act.DELETE, name, () -> {
            store.delete(name);
            return null;
        });
    }

    @Override
    public void makeFolder(String folder) throws IOException {
        watched(Act.MAKE, folder, () -> {
            store.makeFolder(folder);
            return null;
        });
    }

    @Override
    public void forceFolder(String folder) throws IOException {
        watched(Act.FORCE_FOLDER, folder, () -> {
            store.forceFolder(folder);
            return null;
        });
    }

    @Override
    public long usableBytes() throws IOException {
        return store.usableBytes();
    }

    @Override
    public DirectBuffer mapReadOnly(String name) throws IOException {
        return asked(Act.MAP, name, () -> {
            DirectBuffer bytes = store.mapReadOnly(name);
            mapped.add(bytes);
            return bytes;
        });
    }

    @Override
    public void unmap(DirectBuffer bytes) {
        if (mapped.remove(bytes)) {
            store.unmap(bytes);
        }
    }

    @Override
    public StoreLock tryLock(String name) throws IOException {
        return watched(Act.LOCK, name, () -> {
            StoreLock lock = store.tryLock(name);
            if (lock != null) {
                open.add(lock);
            }
            return lock;
        });
    }

    private final class WatchedFile implements StoreFile {
        private final StoreFile file;

        WatchedFile(StoreFile file) {
            this.file = file;
        }

        @Override
        public String name() {
            return file.name();
        }

        @Override
        public void read(long position, ByteBuffer into) throws IOException {
            asked(Act.READ, name(), () -> {
                file.read(position, into);
                return null;
            });
        }

        @Override
        public void write(long position, ByteBuffer from) throws IOException {
            before(Act.WRITE, name());
            int bytes = from.remaining();
            int first = (int) watch.first(Act.WRITE, name(), bytes);
            if (first < bytes) {
                int limit = from.limit();
                from.limit(from.position() + first);
                file.write(position, from);
                from.limit(limit);
                watch.at(Act.WRITE, Moment.MID, name());
            }
            file.write(position + bytes - from.remaining(), from);
            watch.at(Act.WRITE, Moment.AFTER, name());
        }

        @Override
        public void preallocate(long size) throws IOException {
            before(Act.RESERVE, name());
            long first = watch.first(Act.RESERVE, name(), size);
            if (first < size) {
                file.preallocate(first);
                watch.at(Act.RESERVE, Moment.MID, name());
            }
            file.preallocate(size);
            watch.at(Act.RESERVE, Moment.AFTER, name());
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            watched(Act.TRUNCATE, name(), () -> {
                file.truncate(size);
                return null;
            });
        }

        @Override
        public void force(boolean metadata) throws IOException {
            watched(Act.FORCE, name(), () -> {
                file.force(metadata);
                return null;
            });
        }

        @Override
        public void close() throws IOException {
            open.remove(this);
            file.close();
        }
    }
}
