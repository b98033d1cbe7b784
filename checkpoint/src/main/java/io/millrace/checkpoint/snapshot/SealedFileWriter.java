package io.millrace.checkpoint.snapshot;

import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.Durability;
import io.millrace.checkpoint.file.FileHeader;
import io.millrace.checkpoint.file.FileKind;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.checkpoint.file.FrameDescriptor;
import io.millrace.checkpoint.file.FrameEncoder;
import io.millrace.checkpoint.file.StoreFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/**
 * Writes a file once: header, frames, trailer, under an unfinished name that {@link #seal} takes away. Nobody sees it before.
 *
 * <p>One owner; several writers may work at once. {@link #close} without {@link #seal} leaves nothing.
 */
public final class SealedFileWriter implements AutoCloseable {

    /** The longest payload of a frame, bytes. */
    public static final int MAX_PAYLOAD_BYTES = FrameDescriptor.MAX_PAYLOAD_BYTES;

    private static final int BUFFER_BYTES = 1 << 16;

    private final CheckpointDirectory directory;
    private final String name;
    private final FileHeader header;
    private final StoreFile file;
    private final FrameEncoder encoder = new FrameEncoder(BUFFER_BYTES);
    private final CRC32C checksum = new CRC32C();
    private final Digest digest = new Digest();
    private long written;
    private boolean isSealed;

    private SealedFileWriter(CheckpointDirectory directory, String name, FileHeader header, StoreFile file) {
        this.directory = directory;
        this.name = name;
        this.header = header;
        this.file = file;
    }

    /**
     * Begin a file.
     *
     * @param directory owned
     * @param kind of file
     * @param name in the directory, made of numbers; its folder is made
     * @param sequence or generation, for the header
     * @param index of what it belongs to, for the header
     * @return the writer
     * @throws IOException if it cannot be created, such as when the disk is full
     */
    public static SealedFileWriter create(
            CheckpointDirectory directory, FileKind kind, String name, long sequence, long index) throws IOException {
        FileStore store = directory.store();
        String folder = FileStore.folderOf(name);
        if (!store.exists(folder)) {
            store.makeFolder(folder);
            for (String made = folder; !made.isEmpty(); made = FileStore.folderOf(made)) {
                store.forceFolder(FileStore.folderOf(made));
            }
        }
        String unfinished = name + CheckpointDirectory.UNFINISHED;
        if (store.exists(unfinished)) {
            store.delete(unfinished);
        }
        SealedFileWriter writer = new SealedFileWriter(
                directory, name, directory.newHeader(kind, sequence, index, 0), store.create(unfinished));
        boolean isReady = false;
        try {
            writer.begin();
            isReady = true;
            return writer;
        } finally {
            if (!isReady) {
                writer.close();
            }
        }
    }

    private void begin() throws IOException {
        ByteBuffer first = ByteBuffer.allocateDirect(FileHeader.LENGTH);
        first.put(header.encode()).clear();
        write(first);
        encoder.file(header);
    }

    /**
     * Add a frame.
     *
     * @param type 1 to {@link FrameDescriptor#MAX_TYPE}
     * @param version of the record, 0 to 65535
     * @param buffer where the payload is
     * @param offset of the payload
     * @param length of the payload, 0 to {@link #MAX_PAYLOAD_BYTES}
     * @throws IOException if it cannot be written; the file is then to be closed
     */
    public void append(int type, int version, DirectBuffer buffer, int offset, int length) throws IOException {
        if (type < 1 || type > FrameDescriptor.MAX_TYPE) {
            throw new IllegalArgumentException("type is " + type + ", expected 1 to " + FrameDescriptor.MAX_TYPE);
        }
        if (length < 0 || length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("a payload of " + length + " bytes for '" + name + "', expected 0 to "
                    + MAX_PAYLOAD_BYTES + "; part it into several frames");
        }
        encoder.add(written + encoder.length(), FileHeader.LENGTH, type, version, buffer, offset, length);
        digest.add(encoder.previousChecksum(), length);
        if (encoder.length() >= BUFFER_BYTES) {
            flush();
        }
    }

    private void flush() throws IOException {
        write(encoder.bytesFrom(0));
        encoder.cut(0);
    }

    private void write(ByteBuffer bytes) throws IOException {
        checksum.update(bytes.duplicate());
        int length = bytes.remaining();
        file.write(written, bytes);
        written += length;
    }

    /**
     * Bytes so far.
     *
     * @return of the file without its trailer
     */
    public long length() {
        return written + encoder.length();
    }

    /**
     * Finish the file: trailer, force, its name, force of its folder (the forces only with {@link Durability#FSYNC}).
     *
     * @return what to refer to it by
     * @throws IOException if it may not be durable; there is nothing of it, or an unreferenced file. A
     *     {@link io.millrace.checkpoint.file.FencedException} if another process has the directory
     */
    public SealedFileRef seal() throws IOException {
        encoder.addOutside(
                length(),
                FileHeader.LENGTH,
                FrameDescriptor.TRAILER,
                digest.frames,
                digest.payloadBytes,
                digest.digest);
        flush();
        boolean reachesDisk = directory.durability() == Durability.FSYNC;
        if (reachesDisk) {
            file.force(true);
        }
        file.close();
        directory.requireOwner(); // Another owner may have a file of this name.
        directory.store().rename(name + CheckpointDirectory.UNFINISHED, name);
        isSealed = true;
        if (reachesDisk) {
            directory.store().forceFolder(FileStore.folderOf(name));
        }
        return new SealedFileRef(name, written, (int) checksum.getValue());
    }

    /**
     * Give the memory back; without {@link #seal}, delete the file.
     *
     * @throws IOException if it could not be closed or deleted
     */
    @Override
    public void close() throws IOException {
        encoder.close();
        file.close();
        String unfinished = name + CheckpointDirectory.UNFINISHED;
        if (!isSealed && directory.store().exists(unfinished)) {
            directory.store().delete(unfinished);
        }
    }
}
