package io.millrace.api;

/** Thrown by {@link StreamingContext#start} where {@code millrace.checkpoint.dryRun} is set: nothing was run. Says what would have been. */
public final class DryRunException extends MillraceException {
    private static final long serialVersionUID = 1L;

    private final transient CheckpointComparison comparison;

    /** About a program that was to be started. */
    public DryRunException(CheckpointComparison comparison) {
        super("dry run:\n" + comparison.text());
        this.comparison = comparison;
    }

    /** What was found; null where the exception was deserialized. */
    public CheckpointComparison comparison() {
        return comparison;
    }
}
