package io.millrace.api;

import java.util.List;
import java.util.Locale;

/**
 * What would become of a checkpoint under a program, found without changing anything.
 *
 * @param directory of the checkpoint
 * @param parts what of the program and of the checkpoint belongs together, and what of either is alone
 */
public record CheckpointComparison(String directory, List<Part> parts) {
    /** What becomes of a part. */
    public enum Outcome {
        /** The program goes on with it. */
        CONTINUES,
        /** The program goes on with it, and its values are changed as {@link StreamingContext#migrateState} says. */
        MIGRATED,
        /** The checkpoint has nothing of it. */
        STARTS_EMPTY,
        /** The program leaves it behind. */
        DROPPED,
        /** {@link StreamingContext#start} throws. */
        REFUSED;

        /** In words, such as {@code starts empty}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * One part.
     *
     * @param kind {@code checkpoint}, {@code batches}, {@code operator} or {@code source}
     * @param id of the operator or source; of others, what they are
     * @param entries how many keys and rows of windows were read; one that was changed again behind a snapshot counts again
     * @param bytes of these
     * @param why what is refused, or remarkable; else empty
     */
    public record Part(String kind, String id, Outcome outcome, long entries, long bytes, String why) {}

    /** Copies the list. */
    public CheckpointComparison {
        parts = List.copyOf(parts);
    }

    /** Whether {@link StreamingContext#start} would throw. */
    public boolean isRefused() {
        return parts.stream().anyMatch(part -> part.outcome() == Outcome.REFUSED);
    }

    /** A line for each part, and one for all. */
    public String text() {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(line(part)).append('\n'));
        return text + "the checkpoint in '" + directory + "' "
                + (isRefused() ? "would be refused" : "would be gone on with")
                + "; nothing was run, and nothing changed";
    }

    private static String line(Part part) {
        String read = part.entries() == 0 ? "" : "  " + part.entries() + " keys and rows, " + part.bytes() + " bytes";
        String why = part.why().isEmpty() ? "" : "  " + part.why();
        return String.format(Locale.ROOT, "%-10s  %-24s  %-12s%s%s", part.kind(), part.id(), part.outcome(), read, why)
                .stripTrailing();
    }
}
