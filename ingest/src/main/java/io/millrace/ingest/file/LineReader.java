package io.millrace.ingest.file;

import io.millrace.ingest.source.RangeReader;
import io.millrace.ingest.text.LineEnds;
import io.millrace.offheap.codec.Swar;
import io.millrace.offheap.codec.Utf8;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The lines that begin in one part of a file, shown where they lie in a window that moves over it.
 *
 * <pre>
 *   file:    …|byte before|start ───────────── the split ───────────── end|the rest of the last line|…
 *   window:        lines shown | lineStart: a line without an end yet | limit
 * </pre>
 *
 * <p>Lines end with {@code \n}, {@code \r\n} or {@code \r}, as {@link java.io.BufferedReader#readLine} has it. A line belongs to the
 * split in which its first byte lies, so the splits of a file share its lines without asking each other: a reader begins at
 * the byte before its split and leaves out what it finds up to the first line end.
 *
 * <p>Lines that are not UTF-8 are copied, with U+FFFD for what is wrong, and so are the lines after them up to the end of
 * the chunk: the rows of a chunk lie in one buffer. A line longer than the longest record is told and left out.
 */
final class LineReader implements RangeReader {
    private static final int SHOWN_BYTES = 64;
    private static final int NOT_YET = -1;

    private final FileReading reading;
    private final FileStamp file;
    private final ReadableByteChannel channel;
    private final long end;
    private final BytesColumn column = new BytesColumn();

    private FileWindow window;
    private FileWindow mended;
    /** Where in the file the window begins. */
    private long windowStart;

    private int lineStart;
    /** There is no line end before it in the present line. */
    private int scanned;
    /** All bytes of the present line up to there, or-ed eight by eight; some bytes behind it too. */
    private long seenBits;
    /** The window ended with a {@code \r}: a {@code \n} that comes next belongs to it. */
    private boolean isAfterReturn;
    /** The present line is not ours, or too long: its bytes are thrown away up to its end. */
    private boolean isSkipping;

    private boolean isMalformed;
    private boolean isAtEnd;
    private boolean isClosed;

    /**
     * A reader of the lines that begin from {@code start} to {@code end} in the bytes of a channel.
     *
     * @param channel stands at {@code start}, or at the byte before it where there is one; closed with this reader
     * @param end {@link Long#MAX_VALUE} for all that come
     */
    LineReader(FileReading reading, FileStamp file, ReadableByteChannel channel, long start, long end) {
        this.reading = reading;
        this.file = file;
        this.channel = channel;
        this.end = end;
        this.windowStart = Math.max(0, start - 1);
        this.isSkipping = start > 0;
        long expected = Math.min(end, file.size()) - windowStart + 1;
        int windowBytes = (int) Math.min(Math.max(expected, FileReading.MIN_WINDOW_BYTES), reading.windowBytes());
        this.window = new FileWindow(reading.ledger(), windowBytes);
    }

    @Override
    public boolean next(Chunk chunk) throws IOException {
        while (isOurs() && !(isAtEnd && lineStart == window.limit())) {
            int rows = show(false);
            if (rows == 0 && isMalformed) {
                rows = show(true);
            }
            if (rows > 0) {
                chunk.set(column, rows);
                return true;
            }
            if (isOurs() && !isAtEnd) {
                readOn();
            }
        }
        chunk.set(column, 0);
        file.requireUnchangedWhileRead();
        return false;
    }

    private boolean isOurs() {
        return windowStart + lineStart < end;
    }

    /** Show the lines that are whole: where they lie, up to the first that is malformed; or as copies that are mended. */
    private int show(boolean mending) {
        if (mending) {
            prepareMending();
        }
        column.wrap(mending ? mended.buffer() : window.buffer(), ElementType.UTF8);
        isMalformed = false;
        int rows = 0;
        while (rows < Chunk.MAX_ROWS && isOurs()) {
            int lineEnd = lineEnd();
            if (lineEnd == NOT_YET) {
                break;
            }
            int length = lineEnd - lineStart;
            if (isSkipping) {
                isSkipping = false;
            } else if (length > reading.maxRecordBytes()) {
                leaveOut(length);
            } else if (mending) {
                int shown = showMended(rows, length);
                if (shown < 0) {
                    break;
                }
                rows += shown;
            } else if (Swar.notAscii(seenBits) != 0 && !Utf8.isValid(window.buffer(), lineStart, length)) {
                isMalformed = true;
                break;
            } else {
                column.starts()[rows] = lineStart;
                column.ends()[rows] = lineEnd;
                rows++;
            }
            startBehind(lineEnd);
        }
        return rows;
    }

    /** One row at most; -1 when there is no room for it among the copies. */
    private int showMended(int row, int length) {
        long rightLength = Utf8.repairedLength(window.buffer(), lineStart, length);
        if (rightLength > reading.maxRecordBytes()) {
            leaveOut(rightLength);
            return 0;
        }
        if (rightLength > mended.free()) {
            return NOT_YET;
        }
        int target = mended.limit();
        Utf8.repair(window.buffer(), lineStart, length, mended.buffer(), target);
        mended.advance((int) rightLength);
        column.starts()[row] = target;
        column.ends()[row] = mended.limit();
        return 1;
    }

    /** An empty window for copies, with room for the present line, which is whole and malformed. */
    private void prepareMending() {
        long needed = Utf8.repairedLength(window.buffer(), lineStart, lineEnd() - lineStart);
        int capacity = (int) Math.max(window.capacity(), Math.min(needed, reading.maxRecordBytes()));
        if (mended != null && mended.capacity() < capacity) {
            mended.close();
            mended = null;
        }
        if (mended == null) {
            mended = new FileWindow(reading.ledger(), capacity);
        }
        mended.clear();
    }

    // ---- line ends ----

    /** Where the present line ends; the file's end counts. NOT_YET: not in the window. */
    private int lineEnd() {
        UnsafeBuffer buffer = window.buffer();
        int limit = window.limit();
        long bits = seenBits;
        for (int at = Math.max(scanned, lineStart); at < limit; at += Long.BYTES) {
            // Readable a little behind the limit; what is found there is no line end, and costs a look at worst.
            long word = buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
            bits |= word;
            for (long found = LineEnds.candidates(word); found != 0; found = Swar.rest(found)) {
                int position = at + Swar.first(found);
                byte value = position < limit ? buffer.getByte(position) : 0;
                if (value == '\n' || value == '\r') {
                    scanned = at;
                    seenBits = bits;
                    return position;
                }
            }
        }
        scanned = limit;
        seenBits = bits;
        return isAtEnd && lineStart < limit ? limit : NOT_YET;
    }

    private void startBehind(int lineEnd) {
        int limit = window.limit();
        UnsafeBuffer buffer = window.buffer();
        int next = Math.min(limit, lineEnd + 1);
        if (lineEnd < limit && buffer.getByte(lineEnd) == '\r') {
            isAfterReturn = next == limit;
            next += next < limit && buffer.getByte(next) == '\n' ? 1 : 0;
        }
        lineStart = next;
        scanned = next;
        seenBits = 0;
    }

    // ---- window ----

    /** Move on to what has not been shown, and read more behind it. */
    private void readOn() throws IOException {
        int rest = window.limit() - lineStart;
        if (!isSkipping && rest > reading.maxRecordBytes()) {
            leaveOut(rest);
            isSkipping = true;
        }
        if (isSkipping) {
            lineStart = window.limit();
        }
        window.dropBefore(lineStart);
        windowStart += lineStart;
        scanned = Math.max(0, scanned - lineStart);
        lineStart = 0;
        if (window.free() == 0) {
            grow();
        }
        int before = window.limit();
        isAtEnd = window.readFrom(channel) < 0;
        if (isAfterReturn && window.limit() > before) {
            isAfterReturn = false;
            lineStart = window.buffer().getByte(before) == '\n' ? 1 : 0;
        }
    }

    /** A longer window, but never much longer than the longest line. */
    private void grow() {
        int capacity = (int) Math.min(2L * window.capacity(), (long) reading.maxRecordBytes() + reading.windowBytes());
        FileWindow larger = new FileWindow(reading.ledger(), capacity);
        larger.append(window.buffer(), 0, window.limit());
        window.close();
        window = larger;
    }

    private void leaveOut(long length) {
        byte[] head = new byte[Math.min(SHOWN_BYTES, window.limit() - lineStart)];
        window.buffer().getBytes(lineStart, head);
        reading.warnings()
                .accept("a line of at least " + length + " bytes at " + (windowStart + lineStart) + " in " + file.path()
                        + " is left out: longer than millrace.maxRecordBytes = " + reading.maxRecordBytes()
                        + "; it begins with '" + new String(head, StandardCharsets.UTF_8) + "'");
    }

    @Override
    public void close() throws IOException {
        if (!isClosed) {
            isClosed = true;
            window.close();
            if (mended != null) {
                mended.close();
            }
            channel.close();
        }
    }
}
