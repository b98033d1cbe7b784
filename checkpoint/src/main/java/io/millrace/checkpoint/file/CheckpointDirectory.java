package io.millrace.checkpoint.file;

import java.io.IOException;
import java.util.List;

/**
 * A checkpoint directory that this process owns, until it is closed or another process takes it over.
 *
 * <p>Any thread may call; {@link #releaseReserve} and {@link #rebuildReserve} one at a time. Does not close the store.
 */
public final class CheckpointDirectory implements AutoCloseable {

    /** Opened for its lock alone, never deleted. */
    public static final String LOCK = "LOCK";

    /** Who has the directory: a header of 128 bytes whose sequence is the owner epoch and whose index is the process. */
    public static final String OWNER = "OWNER";

    /** The directory's identity: a header of 128 bytes, written once. */
    public static final String FORMAT = "FORMAT";

    /** Zeros that take space, to be given free when the disk is full. */
    public static final String RESERVE = "RESERVE";

    /** Where damaged and unneeded files are set aside; never read. */
    public static final String QUARANTINE = "quarantine";

    /** How a file is called while it is not whole. */
    public static final String UNFINISHED = ".tmp";

    private final FileStore store;
    private final DirectoryConfig config;
    private final DirectoryPorts ports;
    private final StoreLock lock;
    private FileId directoryId;
    private FileHeader owner;

    private CheckpointDirectory(FileStore store, DirectoryConfig config, DirectoryPorts ports, StoreLock lock) {
        this.store = store;
        this.config = config;
        this.ports = ports;
        this.lock = lock;
    }

    /**
     * Open a directory, new or not, and own it.
     *
     * @param store whose directory it is
     * @param config how it is kept
     * @param ports what it needs
     * @return the directory, locked, with an owner epoch that none before it had
     * @throws IOException a {@link CheckpointException} MR-1701 if others may write in it, MR-1001 if it is locked, MR-1003 or
     *     MR-1004 if a newer release wrote it, MR-1105 if FORMAT is missing among other files, or a
     *     {@link CorruptFileException} if FORMAT is damaged
     */
    public static CheckpointDirectory open(FileStore store, DirectoryConfig config, DirectoryPorts ports)
            throws IOException {
        store.requireSecure();
        StoreLock lock = store.tryLock(LOCK);
        if (lock == null) {
            throw new CheckpointException(
                    CheckpointException.LOCKED,
                    "checkpoint directory '" + store.location() + "' is used by " + holder(store)
                            + "; stop that context, or name another directory");
        }
        boolean isOpen = false;
        try {
            CheckpointDirectory directory = new CheckpointDirectory(store, config, ports, lock);
            directory.enter();
            isOpen = true;
            return directory;
        } finally {
            if (!isOpen) {
                lock.close();
            }
        }
    }

    private static String holder(FileStore store) {
        try (StoreFile file = store.openReadOnly(OWNER)) {
            FileHeader owner = FileHeader.read(file, FileKind.OWNER);
            return "process " + owner.index() + " (owner epoch " + owner.sequence() + ")";
        } catch (IOException e) {
            return "another context";
        }
    }

    private void enter() throws IOException {
        sweepUnfinished("");
        directoryId = store.exists(FORMAT) ? readFormat(store) : writeFormat();
        try {
            takeOwnership();
        } catch (DiskFullException e) {
            if (!releaseReserve()) {
                throw e;
            }
            takeOwnership();
        }
        store.makeFolder(QUARANTINE);
        store.forceFolder("");
        try {
            fillReserve();
        } catch (DiskFullException e) {
            warn("there is no space for " + RESERVE + " of " + config.reserveBytes() + " bytes: " + e.getMessage());
        }
    }

    private FileId writeFormat() throws IOException {
        List<String> others = store.list("").stream()
                .filter(name -> !name.equals(LOCK) && !name.equals(OWNER + UNFINISHED))
                .toList();
        if (!others.isEmpty()) {
            throw new CorruptFileException(
                    CheckpointException.FILE_MISSING,
                    new Damage(
                            FORMAT,
                            0,
                            "the file is missing from '" + store.location() + "', which holds " + others.get(0)),
                    "put the file back, or name an empty directory");
        }
        FileId id = FileId.random(ports.random());
        writeWhole(
                FORMAT,
                new FileHeader(FileKind.FORMAT, id, id, 0, 0, ports.clock().time(), 0, 0));
        return id;
    }

    /**
     * Read a directory's identity, without owning it.
     *
     * @param store whose directory it is
     * @return the id
     * @throws IOException if FORMAT is missing, damaged or of a newer release
     */
    public static FileId readFormat(FileStore store) throws IOException {
        try (StoreFile file = store.openReadOnly(FORMAT)) {
            return FileHeader.read(file, FileKind.FORMAT).directoryId();
        }
    }

    private void takeOwnership() throws IOException {
        long epoch = lastEpoch() + 1;
        owner = new FileHeader(
                FileKind.OWNER,
                directoryId,
                FileId.random(ports.random()),
                epoch,
                epoch,
                ports.clock().time(),
                ports.processId(),
                0);
        writeWhole(OWNER, owner);
    }

    private long lastEpoch() throws IOException {
        String reason = "it is missing";
        if (store.exists(OWNER)) {
            try (StoreFile file = store.openReadOnly(OWNER)) {
                return FileHeader.read(
                                file,
                                FileKind.OWNER,
                                directoryId,
                                FileHeader.read(file, FileKind.OWNER).sequence())
                        .sequence();
            } catch (CorruptFileException e) {
                reason = e.getMessage();
            }
        }
        // The lock decides who owns the directory. The epoch must only be new, and every file says the epoch that made
        // it.
        long epoch = highestEpoch("");
        if (epoch > 0) {
            warn(OWNER + " is written anew, behind epoch " + epoch + " of the newest file: " + reason);
        }
        return epoch;
    }

    private long highestEpoch(String folder) throws IOException {
        long highest = 0;
        for (String name : store.list(folder)) {
            String path = folder.isEmpty() ? name : folder + "/" + name;
            boolean isOurs = !folder.isEmpty() || name.endsWith("/");
            if (name.endsWith("/") && !name.equals(QUARANTINE + "/")) {
                highest = Math.max(highest, highestEpoch(path.substring(0, path.length() - 1)));
            } else if (isOurs && !name.endsWith("/")) {
                highest = Math.max(highest, epochOf(path));
            }
        }
        return highest;
    }

    private long epochOf(String name) throws IOException {
        for (FileKind kind : FileKind.values()) {
            try (StoreFile file = store.openReadOnly(name)) {
                return FileHeader.read(file, kind).ownerEpoch();
            } catch (CorruptFileException e) {
                continue; // Of another kind, or damaged: its own reader will say so.
            }
        }
        return 0;
    }

    private void writeWhole(String name, FileHeader header) throws IOException {
        String unfinished = name + UNFINISHED;
        if (store.exists(unfinished)) {
            store.delete(unfinished);
        }
        try (StoreFile file = store.create(unfinished)) {
            file.write(0, header.encode());
            file.force(true);
        }
        store.rename(unfinished, name);
        store.forceFolder("");
    }

    /**
     * Delete what a crash left unfinished in a folder.
     *
     * @param folder its name
     * @throws IOException if something could not be deleted
     */
    public void sweepUnfinished(String folder) throws IOException {
        for (String name : store.list(folder)) {
            if (name.endsWith(UNFINISHED)) {
                store.delete(folder.isEmpty() ? name : folder + "/" + name);
            }
        }
    }

    /**
     * Make sure that this process still owns the directory: to be called before what counts is forced.
     *
     * @throws IOException a {@link FencedException} if another process has it, or nobody can tell
     */
    public void requireOwner() throws IOException {
        FileHeader now;
        try (StoreFile file = store.openReadOnly(OWNER)) {
            now = FileHeader.read(file, FileKind.OWNER);
        } catch (IOException e) {
            throw new FencedException(
                    "'" + OWNER + "' of '" + store.location()
                            + "' cannot be read, so another process may have the directory; nothing more is written; see"
                            + " to the directory and start again",
                    e);
        }
        if (!now.equals(owner)) {
            throw new FencedException(
                    "checkpoint directory '" + store.location() + "' was taken over by process " + now.index()
                            + " with owner epoch " + now.sequence() + ", this one has epoch " + ownerEpoch()
                            + "; nothing more is written; stop one of the two",
                    null);
        }
    }

    /**
     * Give the space of RESERVE free, so that a manifest can be written and old files deleted.
     *
     * @return whether there was a reserve
     * @throws IOException if it could not be deleted
     */
    public boolean releaseReserve() throws IOException {
        if (!store.exists(RESERVE)) {
            return false;
        }
        store.delete(RESERVE);
        store.forceFolder("");
        return true;
    }

    /**
     * Take the space of RESERVE again.
     *
     * @return whether it is there now; false if the disk is still too full
     * @throws IOException if something else is wrong
     */
    public boolean rebuildReserve() throws IOException {
        try {
            fillReserve();
            return true;
        } catch (DiskFullException e) {
            return false;
        }
    }

    /**
     * The space that the reserve takes when it is there.
     *
     * @return bytes
     */
    public long reserveBytes() {
        return config.reserveBytes();
    }

    private void fillReserve() throws IOException {
        if (config.reserveBytes() == 0) {
            return;
        }
        boolean isWhole = false;
        try (StoreFile file = store.exists(RESERVE) ? store.open(RESERVE) : store.create(RESERVE)) {
            if (file.size() < config.reserveBytes()) {
                file.preallocate(config.reserveBytes());
                file.force(true);
            }
            isWhole = true;
        } finally {
            if (!isWhole && store.exists(RESERVE)) {
                store.delete(RESERVE);
            }
        }
    }

    /**
     * A header for a new file, with an id of its own.
     *
     * @param kind of file
     * @param sequence as in its name
     * @param index of what it belongs to
     * @param allocatedBytes that it will have before it is used; 0 if it grows
     * @return the header
     */
    public FileHeader newHeader(FileKind kind, long sequence, long index, long allocatedBytes) {
        FileId fileId;
        synchronized (ports) {
            fileId = FileId.random(ports.random());
        }
        return new FileHeader(
                kind, directoryId, fileId, sequence, ownerEpoch(), ports.clock().time(), index, allocatedBytes);
    }

    /**
     * The disk.
     *
     * @return as given
     */
    public FileStore store() {
        return store;
    }

    /**
     * The directory's identity, which each of its files carries.
     *
     * @return the id
     */
    public FileId directoryId() {
        return directoryId;
    }

    /**
     * How often the directory was opened.
     *
     * @return at least 1, higher than any before
     */
    public long ownerEpoch() {
        return owner.sequence();
    }

    /**
     * What a forced byte outlives.
     *
     * @return as configured
     */
    public Durability durability() {
        return config.durability();
    }

    /**
     * Tell people what went on in spite of something.
     *
     * @param sentence what
     */
    public void warn(String sentence) {
        ports.warnings().accept(sentence);
    }

    /**
     * Let go of the lock. OWNER stays.
     *
     * @throws IOException if the lock file could not be closed
     */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
