package io.millrace.checkpoint.simulation;

import io.millrace.checkpoint.file.CheckpointException;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.checkpoint.file.StoreFile;
import io.millrace.checkpoint.file.StoreLock;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A disk in memory. It keeps what was forced and what was not apart, for bytes and for names, so that {@link #crash} can lose any
 * of the latter. A new file's name is lost unless its folder was forced, which is stricter than most file systems are.
 *
 * <p>After a {@link SimulatedCrash} every call throws it again, as a dead process does nothing more, until {@link #crash} is
 * called; then all files and locks of before are dead, and the store can be used by the next process.
 *
 * <p>Any thread.
 */
public final class SimulatedFileStore implements FileStore {

    /** The unit that a disk writes whole, bytes. */
    public static final int SECTOR_BYTES = 512;

    /** A change of names that a crash may lose: a file or folder put under {@code to}, and away from {@code from}. */
    private record NameChange(String from, String to, SimulatedFile file, boolean isFolder) {
        boolean isIn(String folder) {
            return from != null && folderOf(from).equals(folder)
                    || to != null && folderOf(to).equals(folder);
        }

        private static String folderOf(String name) {
            return FileStore.folderOf(name);
        }
    }

    private TreeMap<String, SimulatedFile> files = new TreeMap<>();
    private TreeSet<String> folders = new TreeSet<>();
    private final TreeMap<String, SimulatedFile> durableFiles = new TreeMap<>();
    private final TreeSet<String> durableFolders = new TreeSet<>();
    private final List<NameChange> unforced = new ArrayList<>();
    private final Set<String> locked = new HashSet<>();

    private FaultHook hook = FaultHook.NONE;
    private ForceFailure forceFailure = ForceFailure.REVERTED;
    private long operations;
    private long budgetBytes = Long.MAX_VALUE;
    private int writeBytes = Integer.MAX_VALUE;
    private long process;
    private SimulatedCrash crash;

    /** An empty disk on which nothing goes wrong. */
    public SimulatedFileStore() {}

    /**
     * Set what is asked before every operation, and count operations from 1 again.
     *
     * @param newHook such as {@link FaultHook#crashAt}
     */
    public synchronized void hook(FaultHook newHook) {
        hook = newHook;
        operations = 0;
    }

    /**
     * How many operations there were since {@link #hook}.
     *
     * @return a count
     */
    public synchronized long operations() {
        return operations;
    }

    /**
     * Set what a force that the hook fails does.
     *
     * @param failure REVERTED unless set
     */
    public synchronized void forceFailure(ForceFailure failure) {
        forceFailure = failure;
    }

    /**
     * Set how much one write takes at most; the file goes on writing, and asks the hook for each part.
     *
     * @param bytes at least 1
     */
    public synchronized void shortWrites(int bytes) {
        writeBytes = bytes;
    }

    /**
     * Set how much the files may have in all; what is beyond fails with "No space left on device". It may be set at any time, also
     * by the hook, and to less than there is.
     *
     * @param bytes a count
     */
    public synchronized void budget(long bytes) {
        budgetBytes = bytes;
    }

    /**
     * Set how much more may be written, as {@link #budget} does: 0 for a disk that is full now. What is deleted becomes free.
     *
     * @param bytes a count
     */
    public synchronized void leave(long bytes) {
        budgetBytes = usedBytes() + bytes;
    }

    /**
     * Let everybody's lock go, as a system does when the lock file is closed by code that never locked it.
     */
    public synchronized void loseLocks() {
        locked.clear();
    }

    /**
     * Flip a bit, now and on the disk.
     *
     * @param name of the file
     * @param offset of the byte
     * @param bit 0 to 7
     */
    public synchronized void flipBit(String name, long offset, int bit) {
        files.get(name).flip((int) offset, bit);
    }

    /**
     * What a file has now.
     *
     * @param name of the file
     * @return a copy
     */
    public synchronized byte[] bytes(String name) {
        return files.get(name).copy();
    }

    /**
     * All files.
     *
     * @return their names, in order
     */
    public synchronized List<String> files() {
        return List.copyOf(files.keySet());
    }

    /**
     * Another disk with the same files, all of them durable; without faults or locks.
     *
     * @return a new store
     */
    public synchronized SimulatedFileStore copy() {
        SimulatedFileStore other = new SimulatedFileStore();
        files.forEach((name, file) -> {
            SimulatedFile copy = new SimulatedFile();
            copy.write(0, file.copy());
            copy.force();
            other.files.put(name, copy);
        });
        other.folders.addAll(folders);
        other.durableFiles.putAll(other.files);
        other.durableFolders.addAll(folders);
        return other;
    }

    /**
     * Cut the power, with sectors of 512 bytes.
     *
     * @param profile of what is lost
     * @param random decides
     */
    public void crash(CrashProfile profile, RandomGenerator random) {
        crash(profile, SECTOR_BYTES, random);
    }

    /**
     * Cut the power: what was not forced is lost as the profile says. Open files and locks are dead, faults are taken away, and the
     * store can be used again.
     *
     * @param profile of what is lost
     * @param sectorBytes of the unit that is written whole: {@link #SECTOR_BYTES}, or 1 for a harsher disk
     * @param random decides
     */
    public synchronized void crash(CrashProfile profile, int sectorBytes, RandomGenerator random) {
        int stopAfter = random.nextInt(unforced.size() + 1);
        for (int i = 0; i < unforced.size(); i++) {
            boolean isKept = switch (profile) {
                case ALL -> true;
                case NONE -> false;
                case ORDERED, ZEROING, GARBAGE -> i < stopAfter;
                case REORDERED, HOSTILE -> random.nextBoolean();
            };
            if (isKept) {
                apply(unforced.get(i), durableFiles, durableFolders);
            }
        }
        unforced.clear();
        files = new TreeMap<>(durableFiles);
        folders = new TreeSet<>(durableFolders);
        Set<SimulatedFile> distinct = new HashSet<>(files.values());
        for (String name : files.keySet()) {
            SimulatedFile file = files.get(name);
            if (distinct.remove(file)) {
                file.crash(profileOfFile(profile, random), sectorBytes, random);
            }
        }
        kill();
    }

    /**
     * End the process, not the machine: what was not forced can still be read, and is still not on the disk. Open files and locks are
     * dead, faults are taken away, and the store can be used again.
     */
    public synchronized void kill() {
        locked.clear();
        process++;
        crash = null;
        hook(FaultHook.NONE);
        writeBytes = Integer.MAX_VALUE;
        budgetBytes = Long.MAX_VALUE;
    }

    private static CrashProfile profileOfFile(CrashProfile profile, RandomGenerator random) {
        return profile == CrashProfile.HOSTILE ? CrashProfile.values()[random.nextInt(6)] : profile;
    }

    private void before(Operation operation, String name) throws IOException {
        if (crash != null) {
            throw new SimulatedCrash(crash.getMessage());
        }
        operations++;
        try {
            hook.before(operations, operation, name);
        } catch (SimulatedCrash e) {
            crash = e;
            throw e;
        }
    }

    private void ask(Operation operation, String name) throws IOException {
        FileStore.requireName(name);
        try {
            before(operation, name);
        } catch (IOException e) {
            throw CheckpointException.ofIo(operation.name(), name, -1, e);
        }
    }

    private static void apply(NameChange change, TreeMap<String, SimulatedFile> toFiles, TreeSet<String> toFolders) {
        if (change.isFolder()) {
            toFolders.add(change.to());
            return;
        }
        if (change.from() != null && toFiles.get(change.from()) == change.file()) {
            toFiles.remove(change.from());
        }
        if (change.to() != null) {
            toFiles.put(change.to(), change.file());
        }
    }

    private void change(NameChange change) {
        apply(change, files, folders);
        unforced.add(change);
    }

    private SimulatedFile file(String name) throws IOException {
        SimulatedFile file = files.get(name);
        if (file == null) {
            throw CheckpointException.ofIo("access", name, -1, new FileNotFoundException("no such file"));
        }
        return file;
    }

    private void requireFolder(String name) throws IOException {
        String folder = FileStore.folderOf(name);
        if (!folder.isEmpty() && !folders.contains(folder)) {
            throw CheckpointException.ofIo("access", name, -1, new FileNotFoundException("no such folder"));
        }
    }

    private long usedBytes() {
        long used = 0;
        for (SimulatedFile file : files.values()) {
            used += file.size();
        }
        return used;
    }

    @Override
    public Object identity() {
        return this;
    }

    @Override
    public String location() {
        return "simulated disk";
    }

    @Override
    public void requireSecure() {
        // Nobody else has this memory.
    }

    @Override
    public synchronized StoreFile create(String name) throws IOException {
        ask(Operation.CREATE, name);
        requireFolder(name);
        if (files.containsKey(name)) {
            throw CheckpointException.ofIo("creation", name, -1, new IOException("the file exists"));
        }
        SimulatedFile file = new SimulatedFile();
        change(new NameChange(null, name, file, false));
        return new OpenFile(name, file, true, process);
    }

    @Override
    public synchronized StoreFile open(String name) throws IOException {
        ask(Operation.OPEN, name);
        return new OpenFile(name, file(name), true, process);
    }

    @Override
    public synchronized StoreFile openReadOnly(String name) throws IOException {
        ask(Operation.OPEN, name);
        return new OpenFile(name, file(name), false, process);
    }

    @Override
    public synchronized List<String> list(String folder) throws IOException {
        ask(Operation.LIST, folder);
        TreeSet<String> names = new TreeSet<>();
        for (String name : files.keySet()) {
            if (FileStore.folderOf(name).equals(folder)) {
                names.add(name.substring(name.lastIndexOf('/') + 1));
            }
        }
        for (String name : folders) {
            if (FileStore.folderOf(name).equals(folder)) {
                names.add(name.substring(name.lastIndexOf('/') + 1) + "/");
            }
        }
        return List.copyOf(names);
    }

    @Override
    public synchronized boolean exists(String name) throws IOException {
        ask(Operation.EXISTS, name);
        return files.containsKey(name) || folders.contains(name);
    }

    @Override
    public synchronized long size(String name) throws IOException {
        ask(Operation.SIZE, name);
        return file(name).size();
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        FileStore.requireName(to);
        ask(Operation.RENAME, from);
        requireFolder(to);
        change(new NameChange(from, to, file(from), false));
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        ask(Operation.DELETE, name);
        change(new NameChange(name, null, file(name), false));
    }

    @Override
    public synchronized void makeFolder(String folder) throws IOException {
        ask(Operation.MAKE_FOLDER, folder);
        if (folder.isEmpty() || folders.contains(folder)) {
            return;
        }
        String above = FileStore.folderOf(folder);
        if (!above.isEmpty() && !folders.contains(above)) {
            makeFolder(above);
        }
        change(new NameChange(null, folder, null, true));
    }

    @Override
    public synchronized void forceFolder(String folder) throws IOException {
        ask(Operation.FORCE_FOLDER, folder);
        unforced.removeIf(change -> {
            boolean isIn = change.isIn(folder);
            if (isIn) {
                apply(change, durableFiles, durableFolders);
            }
            return isIn;
        });
    }

    @Override
    public synchronized long usableBytes() throws IOException {
        ask(Operation.USABLE, "");
        return Math.max(0, budgetBytes - usedBytes());
    }

    @Override
    public synchronized DirectBuffer mapReadOnly(String name) throws IOException {
        ask(Operation.MAP, name);
        ByteBuffer copy = ByteBuffer.allocateDirect(file(name).size());
        copy.put(0, file(name).copy());
        return new UnsafeBuffer(copy.asReadOnlyBuffer());
    }

    @Override
    public void unmap(DirectBuffer mapped) {
        // A copy, left to the collector.
    }

    @Override
    public synchronized StoreLock tryLock(String name) throws IOException {
        ask(Operation.LOCK, name);
        if (!locked.add(name)) {
            return null;
        }
        if (!files.containsKey(name)) {
            change(new NameChange(null, name, new SimulatedFile(), false));
        }
        long holder = process;
        return () -> {
            synchronized (SimulatedFileStore.this) {
                if (holder == process) {
                    locked.remove(name);
                }
            }
        };
    }

    private final class OpenFile implements StoreFile {
        private final String name;
        private final SimulatedFile file;
        private final boolean isWritable;
        private final long holder;
        private boolean isClosed;

        OpenFile(String name, SimulatedFile file, boolean isWritable, long holder) {
            this.name = name;
            this.file = file;
            this.isWritable = isWritable;
            this.holder = holder;
        }

        private void ask(Operation operation) throws IOException {
            if (isClosed || holder != process) {
                throw CheckpointException.ofIo(operation.name(), name, -1, new IOException("the file is closed"));
            }
            if (!isWritable && operation != Operation.READ && operation != Operation.SIZE) {
                throw new IllegalStateException("'" + name + "' is open for reading only");
            }
            SimulatedFileStore.this.ask(operation, name);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void read(long position, ByteBuffer into) throws IOException {
            synchronized (SimulatedFileStore.this) {
                ask(Operation.READ);
                if (position + into.remaining() > file.size()) {
                    throw CheckpointException.ofIo("read", name, position, new EOFException());
                }
                byte[] bytes = new byte[into.remaining()];
                file.read((int) position, bytes);
                into.put(bytes);
            }
        }

        @Override
        public void write(long position, ByteBuffer from) throws IOException {
            synchronized (SimulatedFileStore.this) {
                long at = position;
                while (from.hasRemaining()) {
                    ask(Operation.WRITE);
                    byte[] part = new byte[Math.min(from.remaining(), writeBytes)];
                    long grows = Math.max(0, at + part.length - file.size());
                    if (grows > 0 && usedBytes() + grows > budgetBytes) {
                        throw CheckpointException.ofIo("write", name, at, new IOException("No space left on device"));
                    }
                    from.get(part);
                    file.write((int) at, part);
                    at += part.length;
                }
            }
        }

        @Override
        public long size() throws IOException {
            synchronized (SimulatedFileStore.this) {
                ask(Operation.SIZE);
                return file.size();
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            synchronized (SimulatedFileStore.this) {
                ask(Operation.TRUNCATE);
                file.truncate((int) size);
            }
        }

        @Override
        public void force(boolean metadata) throws IOException {
            synchronized (SimulatedFileStore.this) {
                try {
                    ask(Operation.FORCE);
                } catch (IOException e) {
                    file.failForce(forceFailure);
                    throw e;
                }
                file.force();
            }
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
