package io.millrace.jmh.durable;

import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.DiskFileStore;
import io.millrace.checkpoint.file.FileHeader;
import io.millrace.checkpoint.file.FrameDescriptor;
import io.millrace.checkpoint.journal.JournalPosition;
import io.millrace.checkpoint.snapshot.Manifest;
import io.millrace.checkpoint.snapshot.Manifests;
import io.millrace.jmh.measure.Json;
import io.millrace.jmh.measure.Numbers;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The limit: reads the files that a checkpoint is read from, the snapshot and the log behind it, and puts what they say of keys and values, all of
 * them longs, into a table. Made for such files and nothing else; damage is not looked for beyond working out the checksum. Prints one line of JSON.
 */
public final class PlainRead {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int MOST_ENTRIES = 1024;
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int TYPE_OFFSET = 4;
    private static final int PAYLOAD_OFFSET = 36;
    private static final int STATE = 2;
    /** Of a STATE frame, between its operator's name and its entries: kind, two times, partition, partitions. */
    private static final int STATE_NUMBERS = 3 * Integer.BYTES + 2 * Long.BYTES;

    private static final double NANOS_PER_MILLI = 1e6;

    /** What was read of each file, and where the frames begin that count. */
    private final List<Part> parts = new ArrayList<>();

    private final CRC32C checksum = new CRC32C();
    private final long[] keys = new long[MOST_ENTRIES];
    private final long[] values = new long[MOST_ENTRIES];
    private final LongTable table = new LongTable();
    private long bytes;
    private long entries;
    private byte[] file;
    private int at;

    private record Part(Path path, int start, byte[] bytes) {}

    private PlainRead() {}

    /** Arguments: {@code --system} and {@code --directory}, each with its value. */
    public static void main(String[] args) throws Exception {
        Map<String, String> values = Map.of(args[0], args[1], args[2], args[3]);
        List<Part> unread = unread(Path.of(values.get("--directory")));
        PlainRead read = new PlainRead();
        long start = System.nanoTime();
        for (Part part : unread) {
            read.read(part);
        }
        long wasRead = System.nanoTime();
        read.parts.forEach(read::take);
        long end = System.nanoTime();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("system", values.get("--system"));
        figures.put("files", unread.size());
        figures.put("bytes", read.bytes);
        figures.put("entries", read.entries);
        figures.put("keys", read.table.size());
        figures.put("read_ms", Numbers.rounded((wasRead - start) / NANOS_PER_MILLI));
        figures.put("all_ms", Numbers.rounded((end - start) / NANOS_PER_MILLI));
        figures.put("checksum", read.checksum.getValue());
        System.out.println(Json.line(figures));
    }

    /** What the newest manifest names, and the log from where it says. */
    private static List<Part> unread(Path directory) throws IOException {
        DiskFileStore store = new DiskFileStore(directory);
        Manifest manifest = Manifests.look(store, CheckpointDirectory.readFormat(store), new ArrayList<>())
                .get(0);
        List<Part> unread = new ArrayList<>();
        manifest.fileNames().forEach(name -> unread.add(new Part(directory.resolve(name), FileHeader.LENGTH, null)));
        JournalPosition start = manifest.journalStart("batch");
        try (Stream<Path> segments = Files.list(directory.resolve("batch"))) {
            segments.filter(segment -> sequence(segment) >= start.sequence())
                    .sorted()
                    .map(segment -> new Part(
                            segment,
                            sequence(segment) == start.sequence() ? (int) start.offset() : FileHeader.LENGTH,
                            null))
                    .forEach(unread::add);
        }
        return unread;
    }

    private static long sequence(Path segment) {
        return Long.parseLong(segment.getFileName().toString().replaceAll("^.*-|\\..*$", ""), 16);
    }

    private void read(Part part) throws IOException {
        byte[] all = new byte[Math.toIntExact(Files.size(part.path()))];
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try (FileChannel channel = FileChannel.open(part.path())) {
            for (int end = 0; end < all.length; ) {
                int count = channel.read(buffer.clear());
                buffer.flip().get(all, end, count);
                checksum.update(all, end, count);
                end += count;
            }
        }
        parts.add(new Part(part.path(), part.start(), all));
        bytes += all.length;
    }

    private void take(Part part) {
        file = part.bytes();
        int frame = Math.max(FileHeader.LENGTH, part.start());
        while (frame < file.length - PAYLOAD_OFFSET && file[frame + TYPE_OFFSET] != 0) {
            if (file[frame + TYPE_OFFSET] == STATE) {
                takeState(frame + PAYLOAD_OFFSET);
            }
            frame += FrameDescriptor.frameBytes(intAt(frame));
        }
    }

    private int intAt(int offset) {
        return (int) INTS.get(file, offset);
    }

    private void takeState(int payload) {
        int length = payload + Integer.BYTES + intAt(payload) + STATE_NUMBERS;
        at = length + Integer.BYTES;
        int end = at + intAt(length);
        while (at < end) {
            takeBlock();
        }
    }

    private void takeBlock() {
        int count = Short.toUnsignedInt((short) SHORTS.get(file, at));
        at += Short.BYTES + Integer.BYTES + intAt(at + Short.BYTES); // longs have no bytes besides
        skipNumbers(count); // kinds and types: longs
        skipNumbers(count); // when they were updated
        readNumbers(count, keys);
        readNumbers(count, values);
        for (int entry = 0; entry < count; entry++) {
            table.put(keys[entry], values[entry]);
        }
        entries += count;
    }

    private void skipNumbers(int count) {
        at += 1 + Long.BYTES + file[at] * count;
    }

    private void readNumbers(int count, long[] into) {
        int width = file[at];
        long base = (long) LONGS.get(file, at + 1);
        int from = at + 1 + Long.BYTES;
        switch (width) {
            case 0 -> Arrays.fill(into, 0, count, base);
            case 1 -> {
                for (int i = 0; i < count; i++) {
                    into[i] = base + (file[from + i] & 0xFF);
                }
            }
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    into[i] = base + ((short) SHORTS.get(file, from + 2 * i) & 0xFFFF);
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    into[i] = base + ((int) INTS.get(file, from + 4 * i) & 0xFFFF_FFFFL);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    into[i] = base + (long) LONGS.get(file, from + 8 * i);
                }
            }
        }
        skipNumbers(count);
    }
}
