package io.millrace.ingest.text;

import io.millrace.ingest.ring.Framer;
import io.millrace.ingest.ring.OfferResult;
import io.millrace.ingest.ring.RingProducer;
import io.millrace.offheap.block.Slab;
import io.millrace.offheap.codec.Swar;
import io.millrace.offheap.codec.Utf8;
import io.millrace.offheap.column.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds the lines in bytes that lie in the open slab already, and makes rows of them where they lie.
 *
 * <pre>
 *   the slab:  rows made | lineStart: a line without an end yet | dataEnd: the window | the directory of rows
 * </pre>
 *
 * <p>Lines end with {@code \n}, {@code \r\n} or {@code \r}, as {@link java.io.BufferedReader#readLine} has it, also when the two
 * bytes of {@code \r\n} come in different pieces. Invalid UTF-8 becomes U+FFFD. A line that does not fit moves on to the
 * next slab, or to a large one that doubles as the line grows; beyond the longest record it is skipped, counted and
 * reported.
 *
 * <p>Use: fill {@link #window} (from a channel, say) and tell {@link #accept} how much came; or {@link #write} a buffer. When the
 * answer is FULL nothing is lost: call {@link #resume} until it is not. {@link #end} ends the last line.
 *
 * <p>Thread: the one writer of the ring. Nothing else may be written to the ring between a first piece and its {@link #end}.
 * Memory: allocates only a message, for a line that is too long.
 */
public final class LineFramer implements Framer {
    /** At most so many bytes are taken at once, however large the slab: what has no row yet stays about one line. */
    private static final int MAX_WINDOW_BYTES = 1 << 20;
    /** After an invalid line so few bytes are taken at once, since each repair moves what follows it. */
    private static final int CAREFUL_BYTES = 4096;
    /** A window smaller than this share of a slab is not worth a read. */
    private static final int SMALLEST_WINDOW_SHARE = 16;
    /** A line that leaves less than this share of a slab free moves on to a large one. */
    private static final int ROOM_SHARE = 4;
    /** The length of a line, before the first slab was filled. */
    private static final int FIRST_GUESS_BYTES = 64;
    /** What is shown of a line that is too long. */
    private static final int SHOWN_BYTES = 64;

    /** Answers of {@link #endLine} that are not a position. */
    private static final int MOVED = -1;

    private static final int NO_ROOM = -2;

    private final RingProducer producer;
    private final int maxLineBytes;

    /** The open slab; null when there is no line without an end. */
    private Slab slab;

    private int lineStart;
    private int scanned;
    /** All bytes of the present line, or-ed eight by eight. May hold bytes of the line before too. */
    private long seenBits;
    /** The last byte was a {@code \r} that ended a line: a {@code \n} right after it belongs to it. */
    private boolean afterReturn;
    /** The present line was too long and is reported: its bytes are thrown away up to its end. */
    private boolean isSkipping;

    private int lineBytesGuess = FIRST_GUESS_BYTES;
    private int windowLimit = MAX_WINDOW_BYTES;
    private int rowsToPublish;
    private long bytesToPublish;

    /** A framer that writes to one ring. */
    public LineFramer(RingProducer producer) {
        this.producer = producer;
        this.maxLineBytes = producer.maxRecordBytes();
    }

    // ---- bytes in ----

    @Override
    public ByteBuffer window() {
        if (slab == null && !begin()) {
            return null;
        }
        int bytes = windowBytes();
        if (bytes < producer.slabBytes() / SMALLEST_WINDOW_SHARE) {
            if (!moveOn(0)) {
                return null;
            }
            bytes = windowBytes();
        }
        ByteBuffer window = slab.window();
        return window.limit(window.position() + Math.max(1, Math.min(bytes, windowLimit)));
    }

    @Override
    public OfferResult accept(int bytes) {
        slab.advance(bytes);
        windowLimit = Math.min(2 * windowLimit, MAX_WINDOW_BYTES);
        return resume();
    }

    /**
     * Take as many bytes as there is room for.
     *
     * @param lines its position moves behind what was taken
     * @return ACCEPTED when all were taken, or FULL: call again later with the same buffer
     */
    public OfferResult write(ByteBuffer lines) {
        OfferResult result = resume();
        while (result == OfferResult.ACCEPTED && lines.hasRemaining()) {
            ByteBuffer window = window();
            if (window == null) {
                return OfferResult.FULL;
            }
            int bytes = Math.min(lines.remaining(), window.remaining());
            window.put(window.position(), lines, lines.position(), bytes);
            lines.position(lines.position() + bytes);
            result = accept(bytes);
        }
        return result;
    }

    @Override
    public OfferResult resume() {
        if (slab == null) {
            return OfferResult.ACCEPTED;
        }
        int outcome;
        try {
            do {
                outcome = scan();
            } while (outcome == MOVED);
        } finally {
            // Whatever failed: lines that are rows already stay records.
            publish();
        }
        return outcome == NO_ROOM ? OfferResult.FULL : OfferResult.ACCEPTED;
    }

    /** {@inheritDoc} A last line without an end counts. */
    @Override
    public OfferResult end() {
        boolean ended = slab == null;
        while (!ended) {
            if (resume() == OfferResult.FULL) {
                return OfferResult.FULL;
            }
            int outcome = lineStart == slab.dataEnd() ? lineStart : endLine(slab.dataEnd());
            if (outcome == NO_ROOM) {
                return OfferResult.FULL;
            }
            ended = outcome != MOVED;
        }
        publish();
        abandon();
        return OfferResult.ACCEPTED;
    }

    /** {@inheritDoc} That is a line without an end: complete lines are rows already, unless FULL. */
    @Override
    public void abandon() {
        slab = null;
        afterReturn = false;
        isSkipping = false;
    }

    // ---- slabs ----

    private boolean begin() {
        Slab open = producer.slab();
        if (open == null || open.type() != ElementType.UTF8) {
            open = producer.take(ElementType.UTF8);
            if (open == null) {
                return false;
            }
            producer.use(open);
        }
        slab = open;
        lineStart = slab.dataEnd();
        scanned = lineStart;
        seenBits = 0;
        return true;
    }

    /** How much may be read so that, if lines go on as long as they were, their directory finds room too. */
    private int windowBytes() {
        long withDirectory = (long) slab.freeBytes() * lineBytesGuess / (lineBytesGuess + Long.BYTES);
        return (int) Math.min(slab.window().remaining(), withDirectory);
    }

    /** Go on in another slab, with what has no row yet and room for {@code growth} bytes more. False: no room. */
    private boolean moveOn(int growth) {
        // First, so that the next slab's place in the ring is not the one this slab still needs.
        publish();
        int rest = slab.dataEnd() - lineStart;
        int room = Math.max(growth, producer.slabBytes() / ROOM_SHARE);
        // A line doubles its slab, but never asks for more than the longest line needs.
        int doubled = (int) Math.min(2L * rest, (long) maxLineBytes + producer.slabBytes() / ROOM_SHARE);
        int wanted = Math.max(doubled, rest + room);
        Slab next = rest + room + Long.BYTES > producer.slabBytes()
                ? producer.takeLarge(ElementType.UTF8, wanted)
                : producer.take(ElementType.UTF8);
        if (next == null) {
            return false;
        }
        lineBytesGuess = slab.rows() > 0 ? Math.max(1, lineStart / slab.rows()) : Math.max(lineBytesGuess, rest);
        next.buffer().putBytes(0, slab.buffer(), lineStart, rest);
        next.advance(rest);
        producer.use(next);
        slab = next;
        scanned -= lineStart;
        lineStart = 0;
        return true;
    }

    private void publish() {
        if (rowsToPublish > 0) {
            producer.publish(rowsToPublish, bytesToPublish);
            rowsToPublish = 0;
            bytesToPublish = 0;
        }
    }

    // ---- lines ----

    /** Make rows up to the end of the data. MOVED: something lies elsewhere now, scan again. NO_ROOM: later. Else done. */
    private int scan() {
        Slab slab = this.slab;
        UnsafeBuffer buffer = slab.buffer();
        int end = slab.dataEnd();
        int start = afterReturn ? behindReturn(buffer, lineStart, end) : lineStart;
        long bits = seenBits;
        for (int at = Math.max(scanned, start); at < end; at += Long.BYTES) {
            // The slab is readable a little behind its end; what is read there is cut off.
            long word = buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
            if (end - at < Long.BYTES) {
                word &= (1L << ((end - at) * Byte.SIZE)) - 1;
            }
            bits |= word;
            for (long found = LineEnds.candidates(word); found != 0; found = Swar.rest(found)) {
                int lineEnd = at + Swar.first(found);
                byte last = buffer.getByte(lineEnd);
                if (lineEnd < start || (last != '\n' && last != '\r')) {
                    continue;
                }
                if (!isSkipping
                        && Swar.notAscii(bits) == 0
                        && lineEnd - start <= maxLineBytes
                        && slab.appendRow(start, lineEnd)) {
                    rowsToPublish++;
                    bytesToPublish += lineEnd - start;
                } else {
                    lineStart = start;
                    seenBits = bits;
                    int outcome = endLine(lineEnd);
                    if (outcome != lineEnd) {
                        return outcome < 0 ? outcome : rescanBehind(outcome);
                    }
                }
                start = last == '\n' ? lineEnd + 1 : behindReturn(buffer, lineEnd + 1, end);
                // It may hold the next line's first bytes. It also holds this line's last: a needless check at worst.
                bits = word;
            }
        }
        lineStart = start;
        scanned = end;
        seenBits = bits;
        dropOverlong(end);
        return end;
    }

    /** Where the next line starts when the byte before {@code next} was a {@code \r}. */
    private int behindReturn(UnsafeBuffer buffer, int next, int end) {
        afterReturn = next == end;
        return next < end && buffer.getByte(next) == '\n' ? next + 1 : next;
    }

    private int rescanBehind(int lineEnd) {
        UnsafeBuffer buffer = slab.buffer();
        lineStart = buffer.getByte(lineEnd) == '\n' ? lineEnd + 1 : behindReturn(buffer, lineEnd + 1, slab.dataEnd());
        scanned = lineStart;
        seenBits = 0;
        return MOVED;
    }

    /**
     * End the present line at {@code lineEnd}, whatever is special about it.
     *
     * @return where its end is now; or MOVED or NO_ROOM, with the line still to be ended
     */
    private int endLine(int lineEnd) {
        int length = lineEnd - lineStart;
        if (isSkipping) {
            isSkipping = false;
            return lineEnd;
        }
        if (length > maxLineBytes) {
            leaveOut(length);
            return lineEnd;
        }
        if (Swar.notAscii(seenBits) != 0 && !Utf8.isValid(slab.buffer(), lineStart, length)) {
            return repair(lineEnd);
        }
        if (!slab.appendRow(lineStart, lineEnd)) {
            return restartLine(0);
        }
        rowsToPublish++;
        bytesToPublish += length;
        return lineEnd;
    }

    private int repair(int lineEnd) {
        int wrongLength = lineEnd - lineStart;
        long rightLength = Utf8.repairedLength(slab.buffer(), lineStart, wrongLength);
        if (rightLength > maxLineBytes) {
            leaveOut(rightLength);
            return lineEnd;
        }
        int length = (int) rightLength;
        int growth = length - wrongLength;
        if (slab.freeBytes() < Math.max(1, growth)) {
            return restartLine(growth);
        }
        UnsafeBuffer buffer = slab.buffer();
        if (growth > 0) {
            // The line too, so that it can be repaired from there into its place.
            int moved = slab.dataEnd() - lineStart;
            slab.advance(growth);
            buffer.putBytes(lineStart + growth, buffer, lineStart, moved);
            lineEnd += growth;
        }
        Utf8.repair(buffer, lineStart + growth, wrongLength, buffer, lineStart);
        slab.appendRow(lineStart, lineStart + length);
        rowsToPublish++;
        bytesToPublish += length;
        producer.counters().countRepaired();
        windowLimit = CAREFUL_BYTES;
        return lineEnd;
    }

    /** Look at the present line again, from its start, in a slab with more room. */
    private int restartLine(int growth) {
        scanned = lineStart;
        seenBits = 0;
        return moveOn(Math.max(0, growth)) ? MOVED : NO_ROOM;
    }

    private void dropOverlong(int end) {
        if (!isSkipping && end - lineStart > maxLineBytes) {
            leaveOut(end - lineStart);
            isSkipping = true;
        }
        if (isSkipping) {
            lineStart = end;
        }
    }

    /** @param length the line's, as it would be stored; at least what lies in the slab of it */
    private void leaveOut(long length) {
        byte[] head = new byte[(int) Math.min(length, SHOWN_BYTES)];
        slab.buffer().getBytes(lineStart, head);
        producer.leaveOut(length, head, 0, head.length);
    }
}
