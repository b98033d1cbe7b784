package io.millrace.checkpoint.journal;

import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.DiskFullException;
import io.millrace.checkpoint.file.Durability;
import io.millrace.checkpoint.file.FileHeader;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.checkpoint.file.FrameCursor;
import io.millrace.checkpoint.file.FrameDescriptor;
import io.millrace.checkpoint.file.FrameEncoder;
import io.millrace.checkpoint.file.StoreFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An append-only log of frames in segments, for the batch log and for received blocks alike.
 *
 * <p>What {@link #append} takes is written at once, and kept in memory until {@link #force} has made it durable. When a write or
 * a force fails, nothing is appended to the segment again: what was not forced is written to another one. Only if that fails too,
 * {@link JournalFailedException}. {@link DiskFullException} instead leaves the journal as it was before the call, to be tried again.
 *
 * <p>With {@link Durability#PROCESS}, {@link #force} lets go of the memory before the disk has the frames. Should the disk
 * refuse them later, they are read again from the file that refused them. If they are not there any more, the journal fails, and
 * the next {@link #open} refuses the file.
 *
 * <p>{@link #beginForce} and {@link #endForce} are a force in two parts, with appends between them and the file's force in
 * another thread. One task at a time. What closes the file or must know what is durable waits for the task under way first:
 * {@link #force}, {@link #forceToDisk}, {@link #roll}, {@link #close}, an append that rolls or whose write fails.
 *
 * <p>After each force a MARK is written behind the last frame, without a force of its own, and overwritten by the next frame. So a
 * frame that was forced and is damaged later is told from a torn tail, unless the power went before the system wrote the mark.
 *
 * <p>Thread: one owner, never interrupted (an interrupt closes the file). {@link #prepareNext} may be called by one other thread,
 * {@link #durablePosition} and {@link ForceTask#run} by any.
 */
public final class Journal implements AutoCloseable {

    private static final int GROUP_BYTES = 1 << 16;
    private static final int SEAL_BYTES = FrameDescriptor.frameBytes(Long.BYTES);

    /** How much of what it cuts a journal sets aside, bytes a file. */
    private static final long QUARANTINE_BYTES = 64L << 20;

    private final CheckpointDirectory directory;
    private final JournalConfig config;

    /** The frames that are not forced: the group. They lie one behind the other in the current segment, at its end. */
    private final FrameEncoder group = new FrameEncoder(GROUP_BYTES);

    private final Object preparing = new Object();
    private Segment prepared;

    private volatile Segment current;
    private volatile JournalPosition durablePosition;

    /** Where the group begins. What is before it was forced as far as the {@link Durability} says, if not yet on the disk. */
    private long groupOffset;

    /** The number of the first frame that the disk may not have. */
    private long unforcedNumber;

    /** The force that was begun and not ended; null if there is none. */
    private ForceTask forcing;

    private boolean isPoisoned;
    private boolean isFailed;
    private boolean isClosed;

    private Journal(CheckpointDirectory directory, JournalConfig config) {
        this.directory = directory;
        this.config = config;
    }

    /**
     * Read a journal, new or not, and be ready to append behind it, in a new segment. What it reads beyond the last known force is
     * made durable before this method returns. A torn tail is copied to quarantine and warned of.
     *
     * @param directory owned
     * @param config of the journal
     * @param start frames before it are not handed out: where the manifest says; {@link JournalPosition#BEGINNING} without one
     * @param visitor takes the frames; when this method throws, what it took is not to be used
     * @return the journal
     * @throws IOException a {@link io.millrace.checkpoint.file.CorruptFileException} as {@link JournalReader} says, the directory
     *     then being as it was; or if the disk fails or is full
     */
    public static Journal open(
            CheckpointDirectory directory, JournalConfig config, JournalPosition start, FrameVisitor visitor)
            throws IOException {
        makeFolder(directory.store(), config.folder());
        directory.sweepUnfinished(config.folder());
        JournalContents contents =
                JournalReader.read(directory.store(), directory.directoryId(), config, start, visitor);
        Journal journal = new Journal(directory, config);
        boolean isOpen = false;
        try {
            journal.setAside(contents);
            journal.begin(contents, start);
            isOpen = true;
            return journal;
        } finally {
            if (!isOpen) {
                journal.release();
            }
        }
    }

    private static void makeFolder(FileStore store, String folder) throws IOException {
        store.makeFolder(folder);
        for (String made = folder; !made.isEmpty(); made = FileStore.folderOf(made)) {
            store.forceFolder(FileStore.folderOf(made));
        }
    }

    private void setAside(JournalContents contents) throws IOException {
        for (JournalContents.TornTail tail : contents.dropped()) {
            String name = tail.damage().file();
            String copy = CheckpointDirectory.QUARANTINE + "/"
                    + String.format(
                            Locale.ROOT,
                            "%016x-torn-%s-%d",
                            directory.ownerEpoch(),
                            name.replace('/', '_'),
                            tail.damage().offset());
            directory.warn(tail.bytes() + " bytes that were never acknowledged are dropped, a copy is in '" + copy
                    + "': " + tail.damage());
            try {
                copy(name, tail.damage().offset(), Math.min(tail.bytes(), QUARANTINE_BYTES), copy);
            } catch (DiskFullException e) {
                directory.warn("'" + copy + "' is cut, since the disk is full");
            }
        }
    }

    private void copy(String from, long offset, long bytes, String to) throws IOException {
        FileStore store = directory.store();
        if (store.exists(to)) {
            store.delete(to);
        }
        try (StoreFile source = store.openReadOnly(from);
                StoreFile target = store.create(to)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(bytes, 1 << 20));
            for (long done = 0; done < bytes; done += buffer.limit()) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), bytes - done));
                source.read(offset + done, buffer);
                target.write(done, buffer.flip());
            }
        }
    }

    private void begin(JournalContents contents, JournalPosition start) throws IOException {
        // Not before the start, where the next reader would not look.
        long sequence = contents.isEmpty()
                ? start.sequence()
                : Math.max(start.sequence(), contents.end().sequence() + 1);
        group.chain(contents.nextNumber(), contents.previousChecksum());
        current = contents.isEmpty() ? create(sequence, 0, segment -> {}) : createBehind(contents, sequence);
        deleteUnused(contents.empty(), sequence);
        if (!contents.isEmpty()) {
            sealOld(contents, sequence);
        }
        startGroup();
    }

    /** The last first, each for good before the one before it: a crash leaves no gap in the sequences. */
    private void deleteUnused(List<Long> empty, long current) throws IOException {
        for (int i = empty.size() - 1; i >= 0 && empty.get(i) > current; i--) {
            directory.store().delete(config.name(empty.get(i)));
            directory.store().forceFolder(config.folder());
        }
    }

    /**
     * A new segment that has the frames of the last one which are not known to be durable: they were read, perhaps from memory
     * that the disk never got.
     */
    private Segment createBehind(JournalContents contents, long sequence) throws IOException {
        try (StoreFile file =
                directory.store().openReadOnly(config.name(contents.end().sequence()))) {
            FileHeader header = FileHeader.read(file, config.kind());
            try (FrameCursor old = new FrameCursor(file, header)) {
                long from = firstUnsure(old, contents);
                long bytes =
                        from == contents.end().offset() ? 0 : contents.end().offset() - from;
                return create(
                        sequence,
                        bytes,
                        segment -> copyFrames(old, from, contents.end().offset(), segment));
            }
        }
    }

    private long firstUnsure(FrameCursor old, JournalContents contents) throws IOException {
        long offset = FileHeader.LENGTH;
        while (offset < contents.end().offset()) {
            old.read(offset);
            if (offset >= contents.durable().offset() && old.type() <= FrameDescriptor.MAX_TYPE) {
                group.chain(old.number(), old.previousChecksum());
                return offset;
            }
            offset += old.frameBytes();
        }
        return offset;
    }

    private void copyFrames(FrameCursor old, long from, long end, Segment segment) throws IOException {
        group.file(segment.header);
        for (long offset = from; offset < end && old.read(offset); offset += old.frameBytes()) {
            if (old.type() <= FrameDescriptor.MAX_TYPE) {
                add(
                        segment,
                        old.type(),
                        old.version(),
                        old.payload(),
                        0,
                        old.payload().capacity());
                segment.append(group, 0);
                group.cut(0);
            }
        }
        if (segment.end > FileHeader.LENGTH) {
            mark(segment, segment.end);
        }
    }

    /** Say in the old segment that there is one behind it, so that its loss shows. The new one does not depend on it. */
    private void sealOld(JournalContents contents, long next) throws IOException {
        try (StoreFile file = directory.store().open(config.name(contents.end().sequence()))) {
            FileHeader header = FileHeader.read(file, config.kind());
            long end = contents.end().offset();
            if (end + SEAL_BYTES > header.allocatedBytes()) {
                return;
            }
            try (FrameEncoder seal = new FrameEncoder(SEAL_BYTES)) {
                // The old segment's epoch, since a segment has one.
                seal.file(header);
                seal.chain(contents.nextNumber(), contents.previousChecksum());
                seal.addOutside(end, contents.durable().offset(), FrameDescriptor.SEAL, next);
                file.write(end, seal.bytesFrom(0));
            }
            file.force(false);
        }
    }

    private Segment create(long sequence, long frameBytes, Segment.FirstFrames first) throws IOException {
        return Segment.create(directory, config, sequence, frameBytes, first);
    }

    private void startGroup() {
        group.file(current.header);
        group.cut(0);
        groupOffset = current.end;
        unforcedNumber = group.nextNumber();
        durablePosition = new JournalPosition(current.sequence(), current.end);
    }

    /**
     * Append a frame. It is written when this method returns, not forced.
     *
     * @param type 1 to {@link FrameDescriptor#MAX_TYPE}
     * @param version of the record, 0 to 65535
     * @param buffer where the payload is
     * @param offset of the payload
     * @param length of the payload, 0 to {@link FrameDescriptor#MAX_PAYLOAD_BYTES}
     * @return where the frame begins; durable when before {@link #durablePosition}. A failing segment may move frames that are not
     *     forced to a later one, so a position to be kept is {@link #durablePosition} after a force
     * @throws IOException {@link JournalFailedException}: the end. {@link DiskFullException} or another, such as of the file that
     *     could not be created: the frame is not appended, and the journal as it was; try again when there is space, or the disk
     *     works
     */
    public JournalPosition append(int type, int version, DirectBuffer buffer, int offset, int length)
            throws IOException {
        requireFrame(type, length);
        requireUsable();
        int frameBytes = FrameDescriptor.frameBytes(length);
        if (!current.hasRoom(frameBytes)) {
            roll(frameBytes);
        }
        add(current, type, version, buffer, offset, length);
        try {
            current.append(group, group.length() - frameBytes);
        } catch (RuntimeException | Error broken) {
            isFailed = true; // nobody knows whether the frame is written, and the next one would not fit behind it
            throw broken;
        } catch (IOException e) {
            poison(e);
            settle();
            try {
                replace();
            } catch (DiskFullException full) {
                group.takeBack(frameBytes);
                throw full;
            }
        }
        return new JournalPosition(current.sequence(), current.end - frameBytes);
    }

    private static void requireFrame(int type, int length) {
        if (type < 1 || type > FrameDescriptor.MAX_TYPE) {
            throw new IllegalArgumentException("type is " + type + ", expected 1 to " + FrameDescriptor.MAX_TYPE);
        }
        if (length < 0 || length > FrameDescriptor.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("a payload of " + length + " bytes, expected 0 to "
                    + FrameDescriptor.MAX_PAYLOAD_BYTES + "; part it into several frames");
        }
    }

    private void add(Segment segment, int type, int version, DirectBuffer buffer, int offset, int length) {
        group.add(segment.end, durableUpTo(segment), type, version, buffer, offset, length);
    }

    /** What frames say of their file: with PROCESS nothing, since no force has told the disk. */
    private long durableUpTo(Segment segment) {
        return directory.durability() == Durability.FSYNC ? segment.durable : FileHeader.LENGTH;
    }

    /**
     * Make durable what was appended, as far as the directory's {@link Durability} says.
     *
     * @throws IOException {@link DiskFullException}: try again; {@link JournalFailedException}: the end
     */
    public void force() throws IOException {
        if (directory.durability() == Durability.FSYNC) {
            forceToDisk();
        } else {
            requireUsable();
            dropGroup(current.end);
        }
    }

    /**
     * Make durable what was appended, on the disk, whatever the {@link Durability}: before a manifest says where to start.
     *
     * @throws IOException as {@link #force}
     */
    public void forceToDisk() throws IOException {
        settle();
        requireUsable();
        if (isOnDisk()) {
            return;
        }
        ForceTask first = begin();
        settle();
        if (first.hasReached()) {
            return;
        }
        requireUsable();
        ForceTask second = begin();
        settle();
        if (second.failure() instanceof DiskFullException full) {
            throw full;
        }
        if (!second.hasReached()) {
            throw fail(second.failure());
        }
    }

    /**
     * Begin to make durable what was appended, as {@link #force} would, and return at once. Appends may follow; they are not
     * part of it.
     *
     * @return to be run by any thread and then given to {@link #endForce}; null if nothing needs a force, since all is durable
     *     or, with {@link Durability#PROCESS}, has become so by this call
     * @throws IOException as {@link #force}
     * @throws IllegalStateException if a task is under way
     */
    public ForceTask beginForce() throws IOException {
        if (forcing != null) {
            throw new IllegalStateException("a force of journal '" + config.folder() + "' up to " + forcing.position()
                    + " is under way; end it before another begins");
        }
        requireUsable();
        if (directory.durability() == Durability.PROCESS) {
            dropGroup(current.end);
            return null;
        }
        return isOnDisk() ? null : begin();
    }

    /**
     * Take the outcome of a force: what it reaches is durable when this method returns. Waits for it, or does it in this thread
     * if nobody has begun to. After a failed force all that was appended, since then too, is written to another segment and
     * forced here.
     *
     * @param task that {@link #beginForce} gave last; one that another method has ended is fine, and one that was ended without
     *     success is a call of {@link #forceToDisk}
     * @throws IOException {@link DiskFullException}: try again, with the same task; {@link JournalFailedException}: the end
     */
    public void endForce(ForceTask task) throws IOException {
        settle();
        if (task.nextNumber() > unforcedNumber) {
            forceToDisk();
        }
    }

    private boolean isOnDisk() {
        return current.durable == current.end;
    }

    private ForceTask begin() {
        forcing = new ForceTask(current.file, end(), group.nextNumber());
        return forcing;
    }

    private JournalPosition end() {
        return new JournalPosition(current.sequence(), current.end);
    }

    /** End the task under way, if there is one: what it reached is durable, or the segment takes no more frames. */
    private void settle() {
        ForceTask task = forcing;
        if (task == null) {
            return;
        }
        task.run();
        forcing = null;
        if (!task.hasReached()) {
            poison(task.failure());
            return;
        }
        current.durable = task.position().offset();
        unforcedNumber = task.nextNumber();
        dropGroup(current.durable);
        if (isPoisoned) {
            return;
        }
        try {
            mark(current, durableUpTo(current));
        } catch (IOException e) {
            poison(e); // What was reached stays durable; the next frame goes to another segment.
        }
    }

    /** Give the memory of the frames before an offset back, which are durable as far as the {@link Durability} says. */
    private void dropGroup(long offset) {
        group.drop((int) (offset - groupOffset));
        groupOffset = offset;
        durablePosition = new JournalPosition(current.sequence(), offset);
    }

    /** A MARK behind the segment's end, which the next frame overwrites. */
    private void mark(Segment segment, long durableUpTo) throws IOException {
        int before = group.length();
        group.addOutside(segment.end, durableUpTo, FrameDescriptor.MARK);
        try {
            segment.file.write(segment.end, group.bytesFrom(before));
        } finally {
            group.cut(before);
        }
    }

    private void requireUsable() throws IOException {
        if (isClosed) {
            throw new IllegalStateException("journal '" + config.folder() + "' is closed; open it again");
        }
        if (isFailed) {
            throw new JournalFailedException(
                    "journal '" + config.folder() + "' has failed before; stop, see to the disk and start again", null);
        }
        if (isPoisoned) {
            replace();
        }
    }

    private void poison(IOException why) {
        isPoisoned = true;
        directory.warn("'" + current.file.name() + "' takes no more frames, those not forced go to another file"
                + (why == null ? "" : ": " + why.getMessage()));
    }

    /** Leave the current segment as it is, and write what the disk may not have to another. */
    private void replace() throws IOException {
        Segment old = current;
        long released = groupOffset - old.durable;
        try {
            UnsafeBuffer frames = unforced();
            takeNext(frames.capacity());
            rewrite(frames);
        } catch (IOException e) {
            boolean isAsBefore = current == old || released == 0;
            if (isAsBefore && e instanceof DiskFullException) {
                throw e;
            }
            groupOffset = current.durable + released;
            throw fail(e);
        } finally {
            if (current != old) {
                closeQuietly(old.file);
            }
        }
        dropGroup(current.durable + released);
        isPoisoned = false;
    }

    /** The frames that the disk may not have, as they were written: with PROCESS, the first of them are in the file alone. */
    private UnsafeBuffer unforced() throws IOException {
        int released = (int) (groupOffset - current.durable);
        UnsafeBuffer frames = new UnsafeBuffer(new byte[released + group.length()]);
        group.bytesFrom(0).get(frames.byteArray(), released, group.length());
        if (released > 0) {
            readReleased(frames.byteArray());
        }
        return frames;
    }

    private void readReleased(byte[] frames) throws IOException {
        try (FrameCursor cursor = new FrameCursor(current.file, current.header)) {
            for (long offset = current.durable; offset < groupOffset; offset += cursor.frameBytes()) {
                if (!cursor.read(offset)) {
                    throw new IOException("what the system had of " + cursor.damage() + " is gone");
                }
                cursor.bytes().get(frames, (int) (offset - current.durable), cursor.frameBytes());
            }
        }
    }

    /** Make a group of frames, all of them in memory, and write it to the current segment, which has none. */
    private void rewrite(UnsafeBuffer frames) throws IOException {
        group.cut(0);
        group.file(current.header);
        groupOffset = current.end;
        if (frames.capacity() > 0) {
            group.chain(FrameDescriptor.number(frames, 0), FrameDescriptor.previousChecksum(frames, 0));
        }
        UnsafeBuffer payload = new UnsafeBuffer(0, 0);
        for (int at = 0; at < frames.capacity(); at += FrameDescriptor.frameBytes(payload.capacity())) {
            FrameDescriptor.wrapPayload(frames, at, payload);
            int type = FrameDescriptor.type(frames, at);
            int version = FrameDescriptor.version(frames, at);
            group.add(groupOffset + at, durableUpTo(current), type, version, payload, 0, payload.capacity());
        }
        current.append(group, 0);
    }

    private JournalFailedException fail(IOException why) {
        isFailed = true;
        boolean isReleased = groupOffset > current.durable;
        if (isReleased) {
            markReleased();
        }
        return new JournalFailedException(
                "journal '" + config.folder() + "' could not write " + group.length()
                        + " bytes to a second file either: "
                        + (why == null ? "the force did not return" : why.getMessage())
                        + (isReleased
                                ? "; what was acknowledged since the disk was last forced may be lost, the next start finds it"
                                        + " or names what is missing"
                                : "; they were not acknowledged, what was is safe")
                        + "; see to the disk and start again",
                why);
    }

    /**
     * Say in the segment, with a MARK, that frames were acknowledged that may be gone. It is not forced, as nothing is after a
     * failure: like what it tells of, it outlives the process.
     */
    private void markReleased() {
        group.file(current.header);
        try {
            mark(current, groupOffset);
        } catch (IOException e) {
            directory.warn("'" + current.file.name() + "' cannot say that " + (groupOffset - current.durable)
                    + " bytes of it were acknowledged: " + e.getMessage());
        }
    }

    private static void closeQuietly(StoreFile file) {
        try {
            file.close();
        } catch (IOException e) {
            // Nothing in it is needed: what was not forced has been written again.
        }
    }

    /**
     * Create the next segment ahead, so that a full disk shows here and a roll does not wait. Nothing if there is one.
     *
     * @throws IOException {@link DiskFullException} or another; the journal is as it was
     */
    public void prepareNext() throws IOException {
        synchronized (preparing) {
            if (prepared == null) {
                prepared = create(current.sequence() + 1, 0, segment -> {});
            }
        }
    }

    /** Under the lock, so that the segment behind the current one is never prepared while it becomes the current one. */
    private void takeNext(long frameBytes) throws IOException {
        synchronized (preparing) {
            Segment next = prepared;
            prepared = null;
            if (next != null && !next.hasRoom(frameBytes)) {
                closeQuietly(next.file);
                next = null;
            }
            current = next == null ? create(current.sequence() + 1, frameBytes, segment -> {}) : next;
        }
    }

    /**
     * Force what was appended, on the disk, and go on in a new segment.
     *
     * @throws IOException {@link DiskFullException}: try again; {@link JournalFailedException}: the end
     */
    public void roll() throws IOException {
        roll(0);
    }

    private void roll(int frameBytes) throws IOException {
        forceToDisk();
        if (isPoisoned) {
            replace();
            if (current.hasRoom(frameBytes)) {
                return;
            }
        }
        Segment old = current;
        takeNext(frameBytes);
        try {
            seal(old, current.sequence());
        } catch (IOException e) {
            // All its frames are durable; without the seal only the loss of the next file would show less surely.
            directory.warn("'" + old.file.name() + "' could not be sealed: " + e.getMessage());
        }
        startGroup();
        closeQuietly(old.file);
    }

    private void seal(Segment segment, long next) throws IOException {
        int before = group.length();
        group.addOutside(segment.end, durableUpTo(segment), FrameDescriptor.SEAL, next);
        try {
            segment.append(group, before);
        } finally {
            group.cut(before);
        }
        segment.file.force(false);
    }

    /**
     * Delete the segments before one. Call it when no retained manifest starts before it.
     *
     * @param sequence of the first segment that stays; the current one stays always
     * @return how many were deleted
     * @throws IOException if one could not be
     */
    public int deleteBefore(long sequence) throws IOException {
        int deleted = 0;
        List<Long> sequences = JournalReader.sequences(directory.store(), config);
        for (long old : sequences) {
            if (old < Math.min(sequence, current.sequence())) {
                directory.store().delete(config.name(old));
                deleted++;
            }
        }
        if (deleted > 0) {
            directory.store().forceFolder(config.folder());
        }
        return deleted;
    }

    /**
     * What is durable. Any thread.
     *
     * @return frames that begin before it outlive what {@link Durability} says; a start position for a manifest, if that is FSYNC
     *     or {@link #forceToDisk} was called
     */
    public JournalPosition durablePosition() {
        return durablePosition;
    }

    /**
     * What is kept in memory until the next force.
     *
     * @return bytes
     */
    public int unforcedBytes() {
        return group.length();
    }

    /**
     * Force what was appended, say that the end was meant, and close the files. After a failure it only closes; a second call does
     * nothing.
     *
     * @throws IOException if something that was appended may not be durable; it is closed all the same, so {@link #force} first
     *     where that may be tried again
     */
    @Override
    public void close() throws IOException {
        if (isClosed) {
            return;
        }
        try {
            if (!isFailed) {
                forceToDisk();
                if (!isPoisoned) {
                    seal(current, 0);
                }
            }
        } finally {
            release();
        }
    }

    private void release() {
        isClosed = true;
        if (forcing != null) {
            forcing.run(); // Its file is not closed under it.
        }
        synchronized (preparing) {
            if (prepared != null) {
                closeQuietly(prepared.file);
            }
        }
        if (current != null) {
            closeQuietly(current.file);
        }
        group.close();
    }
}
