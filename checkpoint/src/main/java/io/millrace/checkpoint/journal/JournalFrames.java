package io.millrace.checkpoint.journal;

import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.CorruptFileException;
import io.millrace.checkpoint.file.FileHeader;
import io.millrace.checkpoint.file.FrameCursor;
import io.millrace.checkpoint.file.StoreFile;
import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * Reads single frames of a journal again, at the positions that a {@link FrameVisitor} was told while it was opened. The segment that was
 * read last stays open. Owner: one thread. Memory: a window of 1 MB off the heap, more for a longer frame.
 */
public final class JournalFrames implements AutoCloseable {
    private final CheckpointDirectory directory;
    private final JournalConfig config;
    private long sequence;
    private StoreFile file;
    private FrameCursor cursor;

    /**
     * Of a journal.
     *
     * @param directory stays the caller's
     * @param config of the journal
     */
    public JournalFrames(CheckpointDirectory directory, JournalConfig config) {
        this.directory = directory;
        this.config = config;
    }

    /**
     * Read a frame.
     *
     * @param position where it begins
     * @return a view of exactly its payload, valid until the next call
     * @throws IOException a {@link CorruptFileException} if it is no longer as it was; or if it cannot be read
     */
    public DirectBuffer read(JournalPosition position) throws IOException {
        if (cursor == null || sequence != position.sequence()) {
            close();
            open(position.sequence());
        }
        if (!cursor.read(position.offset())) {
            throw new CorruptFileException(
                    config.kind().corruptCode(),
                    cursor.damage(),
                    "the frame could be read when the journal was opened; put back the file from a copy");
        }
        return cursor.payload();
    }

    private void open(long wanted) throws IOException {
        file = directory.store().openReadOnly(config.name(wanted));
        cursor = new FrameCursor(file, FileHeader.read(file, config.kind(), directory.directoryId(), wanted));
        sequence = wanted;
    }

    /** Close the segment; reading opens it again. */
    @Override
    public void close() throws IOException {
        if (cursor != null) {
            cursor.close();
            cursor = null;
        }
        if (file != null) {
            file.close();
            file = null;
        }
    }
}
