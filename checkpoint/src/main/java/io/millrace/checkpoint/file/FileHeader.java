package io.millrace.checkpoint.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The first bytes of every file. All numbers are little-endian; what is not named is zero and ignored.
 *
 * <pre>
 *   0    magic: the bytes M I L L R A C E
 *   8    format major (2 bytes): 1                 10   format minor (2 bytes): 0
 *   12   features without which it cannot be read (4 bytes of bits)
 *   16   features without which it cannot be written (4)    20   features that may be ignored (4)
 *   24   kind (1), see {@link FileKind}            28   header length (4): 128 for FORMAT and OWNER, else 4096
 *   32   directory id (16)                         48   file id (16)
 *   64   sequence or generation (8)                72   owner epoch that created it (8)
 *   80   created, epoch ms, information only (8)   88   index: of a source, operator or, in OWNER, the process (8)
 *   96   allocated bytes (8): the file is never shorter; 0 if it grew
 *   120  checksum (4): CRC32C of bytes 0 to 119    124  complement of the checksum (4)
 * </pre>
 *
 * @param kind of file
 * @param directoryId of the directory
 * @param fileId of this file alone; part of each frame's checksum, so that a frame is valid in one file only
 * @param sequence or generation, as in the file's name
 * @param ownerEpoch of the owner that created it
 * @param createdMs epoch ms, for people
 * @param index of what the file belongs to
 * @param allocatedBytes that the file has at least; 0 if it grew
 */
public record FileHeader(
        FileKind kind,
        FileId directoryId,
        FileId fileId,
        long sequence,
        long ownerEpoch,
        long createdMs,
        long index,
        long allocatedBytes) {

    /** Bytes before the first frame. */
    public static final int LENGTH = 4096;

    /** Bytes that are used, and all that FORMAT and OWNER have. */
    public static final int USED_BYTES = 128;

    static final long MAGIC = 0x4543_4152_4C4C_494DL;
    static final int MAJOR = 1;
    static final int MINOR = 0;

    private static final int CHECKSUM_OFFSET = 120;

    /**
     * The header's bytes.
     *
     * @return {@link #USED_BYTES}, ready to be written at 0
     */
    public ByteBuffer encode() {
        ByteBuffer bytes = ByteBuffer.allocateDirect(USED_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(0, MAGIC)
                .putShort(8, (short) MAJOR)
                .putShort(10, (short) MINOR)
                .put(24, (byte) kind.number())
                .putInt(28, length(kind))
                .putLong(32, directoryId.low())
                .putLong(40, directoryId.high())
                .putLong(48, fileId.low())
                .putLong(56, fileId.high())
                .putLong(64, sequence)
                .putLong(72, ownerEpoch)
                .putLong(80, createdMs)
                .putLong(88, index)
                .putLong(96, allocatedBytes);
        int checksum = checksum(bytes);
        return bytes.putInt(CHECKSUM_OFFSET, checksum).putInt(CHECKSUM_OFFSET + 4, ~checksum);
    }

    /**
     * Read a header, whatever the directory.
     *
     * @param file open
     * @param kind expected
     * @return the header
     * @throws IOException a {@link CorruptFileException} if it is damaged, short or of another kind; a
     *     {@link CheckpointException} MR-1003 or MR-1004 if a newer release wrote it; or if it cannot be read
     */
    public static FileHeader read(StoreFile file, FileKind kind) throws IOException {
        if (file.size() < length(kind)) {
            throw corrupt(
                    kind,
                    new Damage(file.name(), file.size(), "the file ends in its header of " + length(kind) + " bytes"));
        }
        ByteBuffer bytes = ByteBuffer.allocateDirect(USED_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        file.read(0, bytes);
        if (bytes.getLong(0) != MAGIC) {
            throw corrupt(kind, new Damage(file.name(), 0, "it does not begin with the bytes MILLRACE"));
        }
        int expected = bytes.getInt(CHECKSUM_OFFSET);
        int actual = checksum(bytes);
        if (actual != expected || bytes.getInt(CHECKSUM_OFFSET + 4) != ~expected) {
            throw corrupt(
                    kind, Damage.ofChecksum(file.name(), 0, "the header's checksum does not match", expected, actual));
        }
        requireKnown(file.name(), bytes);
        if (bytes.get(24) != kind.number() || bytes.getInt(28) != length(kind)) {
            throw corrupt(
                    kind, new Damage(file.name(), 24, "the file is of kind " + bytes.get(24) + ", expected " + kind));
        }
        return decode(bytes, kind);
    }

    /**
     * Read the header of a file that belongs to a directory.
     *
     * @param file open
     * @param kind expected
     * @param directoryId expected
     * @param sequence expected, as in the file's name
     * @return the header
     * @throws IOException as {@link #read(StoreFile, FileKind)}; MR-1106 if the file is of another directory
     */
    public static FileHeader read(StoreFile file, FileKind kind, FileId directoryId, long sequence) throws IOException {
        FileHeader header = read(file, kind);
        if (!header.directoryId.equals(directoryId)) {
            throw new CorruptFileException(
                    CheckpointException.FOREIGN_FILE,
                    new Damage(
                            file.name(),
                            32,
                            "it belongs to directory " + header.directoryId + ", not to " + directoryId),
                    "put back the file of this directory");
        }
        if (header.sequence != sequence) {
            throw corrupt(
                    kind,
                    new Damage(
                            file.name(),
                            64,
                            "it was written as number " + header.sequence + ", its name says " + sequence));
        }
        if (file.size() < header.allocatedBytes) {
            throw new CorruptFileException(
                    CheckpointException.FILE_MISSING,
                    new Damage(
                            file.name(), file.size(), "the file was cut: it had " + header.allocatedBytes + " bytes"),
                    "put back the whole file");
        }
        return header;
    }

    private static void requireKnown(String name, ByteBuffer bytes) throws CheckpointException {
        int major = bytes.getShort(8);
        if (major != MAJOR) {
            throw new CheckpointException(
                    CheckpointException.NEWER_FORMAT,
                    "'" + name + "' has format " + major + "." + bytes.getShort(10) + ", this release reads " + MAJOR
                            + "." + MINOR + "; nothing was changed; use the release that wrote it");
        }
        if (bytes.getInt(12) != 0 || bytes.getInt(16) != 0) {
            throw new CheckpointException(
                    CheckpointException.UNKNOWN_FEATURE,
                    "'" + name + "' needs features " + Integer.toHexString(bytes.getInt(12)) + " to be read and "
                            + Integer.toHexString(bytes.getInt(16))
                            + " to be written, this release has none; nothing was"
                            + " changed; use the release that wrote it");
        }
    }

    private static FileHeader decode(ByteBuffer bytes, FileKind kind) {
        return new FileHeader(
                kind,
                new FileId(bytes.getLong(32), bytes.getLong(40)),
                new FileId(bytes.getLong(48), bytes.getLong(56)),
                bytes.getLong(64),
                bytes.getLong(72),
                bytes.getLong(80),
                bytes.getLong(88),
                bytes.getLong(96));
    }

    private static CorruptFileException corrupt(FileKind kind, Damage damage) {
        return new CorruptFileException(kind.corruptCode(), damage, "put back the file from a copy of the directory");
    }

    private static int length(FileKind kind) {
        return kind == FileKind.FORMAT || kind == FileKind.OWNER ? USED_BYTES : LENGTH;
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().position(0).limit(CHECKSUM_OFFSET));
        return (int) crc.getValue();
    }
}
