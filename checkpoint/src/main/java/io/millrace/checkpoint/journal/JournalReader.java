package io.millrace.checkpoint.journal;

import io.millrace.checkpoint.file.CheckpointException;
import io.millrace.checkpoint.file.CorruptFileException;
import io.millrace.checkpoint.file.Damage;
import io.millrace.checkpoint.file.FileHeader;
import io.millrace.checkpoint.file.FileId;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.checkpoint.file.FrameCursor;
import io.millrace.checkpoint.file.FrameDescriptor;
import io.millrace.checkpoint.file.StoreFile;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a journal and decides what a frame that does not verify means. It changes nothing.
 *
 * <p>Let p be the first offset without a valid frame, and D what is known to have been durable of the file: from the
 * {@code durableUpTo} of any valid frame in it, wherever it is, and from the start position.
 * <ul>
 *   <li>p below D, or a later segment goes on with a frame behind the one missing at p: forced data is damaged;
 *       {@link CorruptFileException}
 *   <li>a segment is missing or shorter than it was: MR-1105
 *   <li>else: a tail that a crash tore, and that nobody was told of; it is dropped
 * </ul>
 *
 * <p>Where a segment begins with the number of a frame that the one before it holds, it goes on from there: what was not forced
 * when the old file failed was written again to the new one.
 */
public final class JournalReader {

    private final FileStore store;
    private final FileId directoryId;
    private final JournalConfig config;
    private final JournalPosition start;
    private final FrameVisitor visitor;

    private long expected;
    private int chain;
    private boolean isChained;
    private long frames;
    private JournalPosition end = JournalPosition.BEGINNING;
    private JournalPosition durable = JournalPosition.BEGINNING;
    private long continuesIn;
    private Damage suspect;
    private final List<JournalContents.TornTail> dropped = new ArrayList<>();
    private final List<Long> empty = new ArrayList<>();

    private JournalReader(
            FileStore store, FileId directoryId, JournalConfig config, JournalPosition start, FrameVisitor visitor) {
        this.store = store;
        this.directoryId = directoryId;
        this.config = config;
        this.start = start;
        this.visitor = visitor;
        this.expected = 1;
    }

    /**
     * Read a journal.
     *
     * @param store where it is
     * @param directoryId of the directory
     * @param config of the journal
     * @param start frames before it are not handed out, segments before its own are not looked at
     * @param visitor takes the frames; when this method throws, what it took is not to be used
     * @return what is there
     * @throws IOException a {@link CorruptFileException} as above; or if a file cannot be read
     */
    public static JournalContents read(
            FileStore store, FileId directoryId, JournalConfig config, JournalPosition start, FrameVisitor visitor)
            throws IOException {
        return new JournalReader(store, directoryId, config, start, visitor).read();
    }

    /** What is known of a segment before it is walked: the first frame's number, or 0 if it has no valid first frame. */
    private record Opening(long sequence, long firstNumber) {}

    private JournalContents read() throws IOException {
        List<Opening> openings = openings();
        for (int i = 0; i < openings.size(); i++) {
            walk(openings.get(i).sequence(), boundaryBehind(openings, i), isBeforeFrames(openings, i));
        }
        if (continuesIn > 0 && openings.get(openings.size() - 1).sequence() < continuesIn) {
            throw missing(continuesIn);
        }
        return new JournalContents(end, durable, expected, chain, frames, List.copyOf(dropped), List.copyOf(empty));
    }

    private List<Opening> openings() throws IOException {
        List<Opening> openings = new ArrayList<>();
        long next = start.sequence();
        List<Long> sequences = sequences(store, config);
        for (long sequence : sequences) {
            if (sequence < start.sequence()) {
                continue;
            }
            if (sequence > next) {
                throw missing(next);
            }
            openings.add(new Opening(sequence, firstNumber(sequence)));
            next = sequence + 1;
        }
        if (openings.isEmpty() && start.compareTo(JournalPosition.BEGINNING) > 0) {
            throw missing(start.sequence());
        }
        addThoseThatSayTheNumber(openings, sequences);
        isChained = openings.isEmpty() || openings.get(0).sequence() == 1;
        return openings;
    }

    /** A start segment without a frame does not say which number comes next; one before it does, if it is still there. */
    private void addThoseThatSayTheNumber(List<Opening> openings, List<Long> sequences) throws IOException {
        while (!openings.isEmpty()
                && openings.get(0).firstNumber() == 0
                && sequences.contains(openings.get(0).sequence() - 1)) {
            long before = openings.get(0).sequence() - 1;
            openings.add(0, new Opening(before, firstNumber(before)));
        }
    }

    static List<Long> sequences(FileStore store, JournalConfig config) throws IOException {
        return store.list(config.folder()).stream()
                .map(config::sequenceOf)
                .filter(sequence -> sequence > 0)
                .toList();
    }

    private static long boundaryBehind(List<Opening> openings, int segment) {
        for (int i = segment + 1; i < openings.size(); i++) {
            if (openings.get(i).firstNumber() > 0) {
                return openings.get(i).firstNumber();
            }
        }
        return Long.MAX_VALUE;
    }

    private static boolean isBeforeFrames(List<Opening> openings, int segment) {
        return segment + 1 < openings.size() && openings.get(segment + 1).firstNumber() > 0;
    }

    private long firstNumber(long sequence) throws IOException {
        try (StoreFile file = store.openReadOnly(config.name(sequence));
                FrameCursor cursor = new FrameCursor(file, header(file, sequence))) {
            boolean isFrame = cursor.read(FileHeader.LENGTH) && cursor.type() <= FrameDescriptor.MAX_TYPE;
            return isFrame ? cursor.number() : 0;
        }
    }

    private FileHeader header(StoreFile file, long sequence) throws IOException {
        return FileHeader.read(file, config.kind(), directoryId, sequence);
    }

    private void walk(long sequence, long boundary, boolean isBeforeFrames) throws IOException {
        try (StoreFile file = store.openReadOnly(config.name(sequence));
                FrameCursor cursor = new FrameCursor(file, header(file, sequence))) {
            if (!isChained && cursor.read(FileHeader.LENGTH)) {
                expected = cursor.number();
                chain = cursor.previousChecksum();
                isChained = true;
            }
            long known = sequence == start.sequence() ? start.offset() : 0;
            long offset = FileHeader.LENGTH;
            // At the boundary the next segment goes on: what is left here was written again there.
            while (expected != boundary && isNext(cursor, offset)) {
                known = Math.max(known, cursor.durableUpTo());
                take(cursor, new JournalPosition(sequence, offset));
                offset += cursor.frameBytes();
            }
            if (expected != boundary) {
                decide(cursor, new JournalPosition(sequence, offset), known);
                if (isBeforeFrames && isChained) {
                    throw gap(damageAt(cursor, file.name(), offset), boundary);
                }
            }
        }
    }

    private boolean isNext(FrameCursor cursor, long offset) throws IOException {
        return cursor.read(offset) && cursor.number() == expected && cursor.previousChecksum() == chain;
    }

    private Damage damageAt(FrameCursor cursor, String name, long offset) throws IOException {
        if (!cursor.read(offset)) {
            return cursor.damage();
        }
        if (cursor.number() != expected) {
            return new Damage(name, offset, "frame number " + cursor.number() + ", expected " + expected);
        }
        return new Damage(
                name,
                offset,
                "the frame does not follow the one before it",
                Integer.toUnsignedLong(cursor.previousChecksum()),
                Integer.toUnsignedLong(chain));
    }

    private void take(FrameCursor cursor, JournalPosition position) throws IOException {
        if (cursor.type() == FrameDescriptor.SEAL) {
            continuesIn = Math.max(continuesIn, cursor.payload().getLong(0, ByteOrder.LITTLE_ENDIAN));
        }
        if (cursor.type() > FrameDescriptor.MAX_TYPE) {
            return; // It stands beside the chain.
        }
        expected = cursor.number() + 1;
        chain = cursor.frameChecksum();
        if (position.compareTo(start) >= 0) {
            frames++;
            visitor.frame(cursor.type(), cursor.version(), position, cursor.payload());
        }
    }

    /** What it means that the walk of a segment stopped at a position. */
    private void decide(FrameCursor cursor, JournalPosition stopped, long knownBefore) throws IOException {
        long offset = stopped.offset();
        Damage damage = damageAt(cursor, config.name(stopped.sequence()), offset);
        long known = knownBefore;
        int readable = 0;
        for (long at = cursor.find(offset); at >= 0; at = cursor.find(at + cursor.frameBytes())) {
            known = Math.max(known, cursor.durableUpTo());
            readable++;
        }
        if (known > offset) {
            throw corrupt(
                    damage,
                    "the file was durable up to " + known + "; " + readable + " frames can be read behind the damage");
        }
        long tornBytes = cursor.endOfBytes(offset) - offset;
        if (tornBytes > 0) {
            suspect = damage;
            dropped.add(new JournalContents.TornTail(tornBytes, damage));
        }
        if (offset > FileHeader.LENGTH) {
            end = stopped;
            // A manifest starts behind what is durable: none of that is ever written again behind its start.
            long sure = stopped.sequence() < start.sequence() ? offset : Math.max(known, FileHeader.LENGTH);
            durable = new JournalPosition(stopped.sequence(), sure);
        } else {
            empty.add(stopped.sequence());
        }
    }

    /** The last bytes that were no frames, if there are any, are where the missing frames were. */
    private CorruptFileException gap(Damage here, long boundary) {
        return corrupt(
                suspect == null ? here : suspect,
                "frames " + expected + " to " + (boundary - 1) + " are missing, a later segment goes on behind them");
    }

    private CorruptFileException corrupt(Damage damage, String proof) {
        return new CorruptFileException(config.kind().corruptCode(), damage, proof + "; put back the file from a copy");
    }

    private CorruptFileException missing(long sequence) {
        return new CorruptFileException(
                CheckpointException.FILE_MISSING,
                new Damage(config.name(sequence), 0, "the file is missing, and was in use"),
                "put back the file from a copy");
    }
}
