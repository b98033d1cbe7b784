package io.millrace.checkpoint.journal;

import io.millrace.checkpoint.file.FileHeader;
import io.millrace.checkpoint.file.FileKind;
import io.millrace.checkpoint.file.FileStore;
import java.util.Locale;

/**
 * Where a journal is and how large its segments are.
 *
 * @param folder that holds its segments and nothing else
 * @param prefix of a segment's name, before 16 hexadecimal digits
 * @param suffix of a segment's name
 * @param kind of file
 * @param index of what it belongs to
 * @param segmentBytes of a segment, zero-written before it is used; a longer frame gets a larger segment
 */
public record JournalConfig(String folder, String prefix, String suffix, FileKind kind, long index, long segmentBytes) {

    /** Segments of the batch log unless set, bytes. */
    public static final long BATCH_SEGMENT_BYTES = 4L << 20;

    /** Segments of a log of received blocks unless set, bytes. */
    public static final long RECEIVED_SEGMENT_BYTES = 64L << 20;

    /** Checks the size. */
    public JournalConfig {
        FileStore.requireName(folder);
        if (segmentBytes < FileHeader.LENGTH + Segment.MARKS_BYTES + 64) {
            throw new IllegalArgumentException("segmentBytes is " + segmentBytes + " for '" + folder
                    + "', expected room for a header of " + FileHeader.LENGTH + " and frames, such as 4194304");
        }
    }

    /**
     * The batch log.
     *
     * @param segmentBytes such as {@link #BATCH_SEGMENT_BYTES}
     * @return segments {@code batch/blog-<sequence>.mrb}
     */
    public static JournalConfig batchLog(long segmentBytes) {
        return new JournalConfig("batch", "blog-", ".mrb", FileKind.BATCH_LOG, 0, segmentBytes);
    }

    /**
     * The log of the blocks that one source received.
     *
     * @param source its number, from 0
     * @param segmentBytes such as {@link #RECEIVED_SEGMENT_BYTES}
     * @return segments {@code wal/<source>/seg-<sequence>.mrw}
     */
    public static JournalConfig receivedLog(int source, long segmentBytes) {
        return new JournalConfig("wal/" + source, "seg-", ".mrw", FileKind.RECEIVED_LOG, source, segmentBytes);
    }

    String name(long sequence) {
        return folder + "/" + prefix + String.format(Locale.ROOT, "%016x", sequence) + suffix;
    }

    /** The sequence in a name of the folder, or -1 if it is no segment's. */
    long sequenceOf(String entry) {
        int digits = entry.length() - prefix.length() - suffix.length();
        if (digits != 16 || !entry.startsWith(prefix) || !entry.endsWith(suffix)) {
            return -1;
        }
        String hex = entry.substring(prefix.length(), prefix.length() + digits);
        return hex.matches("[0-7][0-9a-f]{15}") ? Long.parseLong(hex, 16) : -1;
    }
}
