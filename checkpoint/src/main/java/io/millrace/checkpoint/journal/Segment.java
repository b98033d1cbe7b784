package io.millrace.checkpoint.journal;

import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.FileHeader;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.checkpoint.file.FrameDescriptor;
import io.millrace.checkpoint.file.FrameEncoder;
import io.millrace.checkpoint.file.StoreFile;
import java.io.IOException;

/** One file of a journal, open to be appended to. Its bytes were zero and durable, under its name, before the first append. */
final class Segment {

    /** What frames leave free: a MARK, the SEAL of a roll or close, and a SEAL of the next start. */
    static final int MARKS_BYTES = FrameDescriptor.frameBytes(0) + 2 * FrameDescriptor.frameBytes(Long.BYTES);

    final StoreFile file;
    final FileHeader header;

    /** Where the next frame goes. */
    long end = FileHeader.LENGTH;

    /** The bytes before it are durable. */
    long durable = FileHeader.LENGTH;

    private Segment(StoreFile file, FileHeader header) {
        this.file = file;
        this.header = header;
    }

    /** The frames that a new segment has from its beginning, before anybody can see it. */
    @FunctionalInterface
    interface FirstFrames {
        void write(Segment segment) throws IOException;
    }

    /**
     * Create a segment under another name, force it, and put it into its place, also over an unused one. After a failure
     * there is nothing of it.
     */
    static Segment create(
            CheckpointDirectory directory, JournalConfig config, long sequence, long frameBytes, FirstFrames first)
            throws IOException {
        FileStore store = directory.store();
        long allocated = Math.max(config.segmentBytes(), FileHeader.LENGTH + frameBytes + MARKS_BYTES);
        String name = config.name(sequence);
        String unfinished = name + CheckpointDirectory.UNFINISHED;
        if (store.exists(unfinished)) {
            store.delete(unfinished);
        }
        StoreFile file = store.create(unfinished);
        boolean isReady = false;
        try {
            Segment segment =
                    new Segment(file, directory.newHeader(config.kind(), sequence, config.index(), allocated));
            file.preallocate(allocated);
            file.write(0, segment.header.encode());
            first.write(segment);
            file.force(true);
            segment.durable = segment.end;
            directory.requireOwner(); // Another owner may have a segment of this name.
            store.rename(unfinished, name);
            store.forceFolder(config.folder());
            isReady = true;
            return segment.reopened(store, name);
        } finally {
            if (!isReady) {
                file.close();
                if (store.exists(unfinished)) {
                    store.delete(unfinished);
                }
            }
        }
    }

    /** The same under its own name, which messages then say. */
    private Segment reopened(FileStore store, String name) throws IOException {
        file.close();
        Segment segment = new Segment(store.open(name), header);
        segment.end = end;
        segment.durable = durable;
        return segment;
    }

    long sequence() {
        return header.sequence();
    }

    boolean hasRoom(long frameBytes) {
        return end + frameBytes + MARKS_BYTES <= header.allocatedBytes();
    }

    /** Write the encoder's bytes from an index on to the segment's end. */
    void append(FrameEncoder frames, int from) throws IOException {
        int length = frames.length() - from;
        file.write(end, frames.bytesFrom(from));
        end += length;
    }
}
