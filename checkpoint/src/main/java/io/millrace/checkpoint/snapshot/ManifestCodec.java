package io.millrace.checkpoint.snapshot;

import io.millrace.checkpoint.journal.JournalPosition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A manifest's bytes: fields of a tag (2 bytes), a length (4 bytes) and a value. Unknown tags are skipped. A text is its length
 * (4 bytes) and UTF-8.
 *
 * <pre>
 *   1  generation (8), checksum of the previous manifest's file (4)
 *   2  a journal: folder (text), segment (8), offset (8)
 *   3  a file: list (text), name (text), length (8), checksum (4)
 *   4  a property: name (text), value (text)
 *   5  a section: name (text), length (4), bytes
 * </pre>
 */
final class ManifestCodec {

    private static final int IDENTITY = 1;
    private static final int JOURNAL = 2;
    private static final int FILE = 3;
    private static final int PROPERTY = 4;
    private static final int SECTION = 5;

    private ManifestCodec() {}

    static byte[] encode(Manifest manifest) {
        Fields out = new Fields();
        out.field(
                IDENTITY,
                bytes(12)
                        .putLong(manifest.generation())
                        .putInt(manifest.previousChecksum())
                        .array());
        manifest.journals()
                .forEach((folder, start) -> out.field(
                        JOURNAL,
                        text(folder),
                        bytes(16)
                                .putLong(start.sequence())
                                .putLong(start.offset())
                                .array()));
        manifest.files()
                .forEach((list, refs) -> refs.forEach(ref -> out.field(
                        FILE,
                        text(list),
                        text(ref.name()),
                        bytes(12).putLong(ref.length()).putInt(ref.checksum()).array())));
        manifest.properties().forEach((name, value) -> out.field(PROPERTY, text(name), text(value)));
        manifest.sections().forEach((name, value) -> out.field(SECTION, text(name), counted(value)));
        return out.bytes.toByteArray();
    }

    /** The manifest, or an exception that says which byte makes no sense. */
    static Manifest decode(byte[] encoded) throws IOException {
        TreeMap<String, JournalPosition> journals = new TreeMap<>();
        TreeMap<String, List<SealedFileRef>> files = new TreeMap<>();
        TreeMap<String, String> properties = new TreeMap<>();
        TreeMap<String, byte[]> sections = new TreeMap<>();
        long generation = 0;
        int previousChecksum = 0;
        ByteBuffer in = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        try {
            while (in.hasRemaining()) {
                int tag = in.getShort() & 0xFFFF;
                ByteBuffer value = part(in, in.getInt());
                switch (tag) {
                    case IDENTITY -> {
                        generation = value.getLong();
                        previousChecksum = value.getInt();
                    }
                    case JOURNAL -> journals.put(text(value), new JournalPosition(value.getLong(), value.getLong()));
                    case FILE ->
                        files.computeIfAbsent(text(value), list -> new ArrayList<>())
                                .add(new SealedFileRef(text(value), value.getLong(), value.getInt()));
                    case PROPERTY -> properties.put(text(value), text(value));
                    case SECTION -> sections.put(text(value), array(part(value, value.getInt())));
                    default -> {
                        // Of a later release, which set no feature bit for it: it can be done without.
                    }
                }
            }
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("a field that ends at byte " + in.position() + " makes no sense", e);
        }
        return new Manifest(generation, previousChecksum, journals, files, properties, sections);
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] counted(byte[] value) {
        return bytes(4 + value.length).putInt(value.length).put(value).array();
    }

    private static byte[] text(String text) {
        return counted(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteBuffer in) {
        return new String(array(part(in, in.getInt())), StandardCharsets.UTF_8);
    }

    private static ByteBuffer part(ByteBuffer in, int length) {
        ByteBuffer part = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + length);
        return part;
    }

    private static byte[] array(ByteBuffer in) {
        byte[] array = new byte[in.remaining()];
        in.get(array);
        return array;
    }

    private static final class Fields {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        void field(int tag, byte[]... parts) {
            int length = 0;
            for (byte[] part : parts) {
                length += part.length;
            }
            bytes.writeBytes(bytes(6).putShort((short) tag).putInt(length).array());
            for (byte[] part : parts) {
                bytes.writeBytes(part);
            }
        }

        private static ByteBuffer bytes(int length) {
            return ManifestCodec.bytes(length);
        }
    }
}
