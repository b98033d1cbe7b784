package io.millrace.checkpoint.snapshot;

import io.millrace.checkpoint.file.CheckpointException;
import io.millrace.checkpoint.file.CorruptFileException;
import io.millrace.checkpoint.file.Damage;
import io.millrace.checkpoint.file.FileHeader;
import io.millrace.checkpoint.file.FileId;
import io.millrace.checkpoint.file.FileKind;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.checkpoint.file.FrameCursor;
import io.millrace.checkpoint.file.FrameDescriptor;
import io.millrace.checkpoint.file.StoreFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A sealed file, verified from the first byte to the last by ordinary reads before a frame of it is shown. Then it is mapped
 * read-only, or read again, each frame being verified again. One owner.
 */
public final class SealedFile implements AutoCloseable {

    private final FileStore store;
    private final StoreFile file;
    private final FileHeader header;
    private SealedFileRef ref;
    private DirectBuffer mapped;

    private SealedFile(FileStore store, StoreFile file, FileHeader header) {
        this.store = store;
        this.file = file;
        this.header = header;
    }

    /**
     * Open a file that something refers to.
     *
     * @param store where it is
     * @param directoryId of the directory
     * @param kind of file
     * @param ref what it must be
     * @param isMapped whether to map it; files of 2 GiB and more are read all the same
     * @return the file, all of it verified
     * @throws IOException MR-1105 if it is missing or short; a {@link CorruptFileException} if it is not what was sealed; or if it
     *     cannot be read
     */
    public static SealedFile open(
            FileStore store, FileId directoryId, FileKind kind, SealedFileRef ref, boolean isMapped)
            throws IOException {
        if (!store.exists(ref.name())) {
            throw missing(new Damage(ref.name(), 0, "the file of " + ref.length() + " bytes is missing"));
        }
        long size = store.size(ref.name());
        if (size < ref.length()) {
            throw missing(new Damage(ref.name(), size, "the file was cut: it had " + ref.length() + " bytes"));
        }
        SealedFile sealed = open(store, directoryId, kind, ref.name(), isMapped);
        if (sealed.ref.equals(ref)) {
            return sealed;
        }
        sealed.close();
        Damage damage = sealed.ref.length() != ref.length()
                ? new Damage(ref.name(), ref.length(), "it has " + size + " bytes, expected " + ref.length())
                : new Damage(
                        ref.name(),
                        0,
                        "the file's checksum is not that of the file that was sealed",
                        Integer.toUnsignedLong(ref.checksum()),
                        Integer.toUnsignedLong(sealed.ref.checksum()));
        throw corrupt(kind, damage);
    }

    /**
     * Open a file that nothing refers to, such as a manifest. What it says itself is verified.
     *
     * @param store where it is
     * @param directoryId of the directory
     * @param kind of file
     * @param name which exists
     * @param isMapped whether to map it
     * @return the file, all of it verified
     * @throws IOException as the other {@code open}
     */
    public static SealedFile open(FileStore store, FileId directoryId, FileKind kind, String name, boolean isMapped)
            throws IOException {
        SealedFile sealed = null;
        StoreFile file = store.openReadOnly(name);
        try {
            long sequence = FileHeader.read(file, kind).sequence();
            SealedFile opened = new SealedFile(store, file, FileHeader.read(file, kind, directoryId, sequence));
            opened.verify(kind);
            if (isMapped && file.size() < Integer.MAX_VALUE) {
                opened.mapped = store.mapReadOnly(name);
            }
            sealed = opened;
            return sealed;
        } finally {
            if (sealed == null) {
                file.close();
            }
        }
    }

    private void verify(FileKind kind) throws IOException {
        CRC32C checksum = new CRC32C();
        ByteBuffer first = ByteBuffer.allocateDirect(FileHeader.LENGTH);
        file.read(0, first);
        requireZeros(kind, first);
        checksum.update(first.flip());
        Digest digest = new Digest();
        long number = 1;
        int previous = 0;
        try (FrameCursor cursor = new FrameCursor(file, header)) {
            long offset = FileHeader.LENGTH;
            while (true) {
                if (!cursor.read(offset)) {
                    throw corrupt(kind, cursor.damage());
                }
                if (cursor.number() != number || cursor.previousChecksum() != previous) {
                    throw corrupt(kind, new Damage(file.name(), offset, "the frame does not follow the one before it"));
                }
                checksum.update(cursor.bytes());
                if (cursor.type() == FrameDescriptor.TRAILER) {
                    requireEnd(kind, cursor, offset, digest);
                    break;
                }
                digest.add(cursor.frameChecksum(), cursor.payload().capacity());
                number++;
                previous = cursor.frameChecksum();
                offset += cursor.frameBytes();
            }
        }
        ref = new SealedFileRef(file.name(), file.size(), (int) checksum.getValue());
    }

    private void requireZeros(FileKind kind, ByteBuffer first) throws CorruptFileException {
        for (int i = FileHeader.USED_BYTES; i < FileHeader.LENGTH; i++) {
            if (first.get(i) != 0) {
                throw corrupt(
                        kind,
                        new Damage(file.name(), i, "a byte of the header's rest is " + first.get(i) + ", expected 0"));
            }
        }
    }

    private void requireEnd(FileKind kind, FrameCursor cursor, long offset, Digest digest) throws IOException {
        if (!digest.isTold(cursor)) {
            throw corrupt(kind, new Damage(file.name(), offset, "the trailer tells of other frames than there are"));
        }
        long end = offset + cursor.frameBytes();
        if (end != file.size()) {
            throw corrupt(
                    kind, new Damage(file.name(), end, "the file goes on behind its trailer, up to " + file.size()));
        }
    }

    /**
     * Hand the frames out, in order. May be called again.
     *
     * @param visitor takes them
     * @throws IOException if the visitor throws, or the file cannot be read any more or has been changed
     */
    public void forEach(SealedFrameVisitor visitor) throws IOException {
        if (mapped == null) {
            readEach(visitor);
        } else {
            showEach(visitor);
        }
    }

    private void readEach(SealedFrameVisitor visitor) throws IOException {
        try (FrameCursor cursor = new FrameCursor(file, header)) {
            long offset = FileHeader.LENGTH;
            while (cursor.read(offset)) {
                if (cursor.type() == FrameDescriptor.TRAILER) {
                    return;
                }
                visitor.frame(cursor.type(), cursor.version(), cursor.payload());
                offset += cursor.frameBytes();
            }
            throw corrupt(header.kind(), cursor.damage());
        }
    }

    private void showEach(SealedFrameVisitor visitor) throws IOException {
        UnsafeBuffer payload = new UnsafeBuffer(0, 0);
        int at = FileHeader.LENGTH;
        while (FrameDescriptor.type(mapped, at) != FrameDescriptor.TRAILER) {
            FrameDescriptor.wrapPayload(mapped, at, payload);
            visitor.frame(FrameDescriptor.type(mapped, at), FrameDescriptor.version(mapped, at), payload);
            at += FrameDescriptor.frameBytes(payload.capacity());
        }
    }

    /**
     * What the file is.
     *
     * @return its reference, as {@link SealedFileWriter#seal} gave it
     */
    public SealedFileRef ref() {
        return ref;
    }

    /**
     * What the file says of itself.
     *
     * @return its header
     */
    public FileHeader header() {
        return header;
    }

    /**
     * Close and unmap it. What was shown of it must not be touched any more.
     *
     * @throws IOException if the system says so
     */
    @Override
    public void close() throws IOException {
        if (mapped != null) {
            store.unmap(mapped);
            mapped = null;
        }
        file.close();
    }

    private static CorruptFileException corrupt(FileKind kind, Damage damage) {
        return new CorruptFileException(kind.corruptCode(), damage, "put back the file from a copy");
    }

    private static CorruptFileException missing(Damage damage) {
        return new CorruptFileException(CheckpointException.FILE_MISSING, damage, "put back the file from a copy");
    }
}
