package io.millrace.checkpoint.journal;

/**
 * A place in a journal; places compare as they follow each other.
 *
 * @param sequence of the segment, from 1
 * @param offset in the segment's file, bytes
 */
public record JournalPosition(long sequence, long offset) implements Comparable<JournalPosition> {

    /** Before everything. */
    public static final JournalPosition BEGINNING = new JournalPosition(1, 0);

    @Override
    public int compareTo(JournalPosition other) {
        int bySequence = Long.compare(sequence, other.sequence);
        return bySequence == 0 ? Long.compare(offset, other.offset) : bySequence;
    }
}
