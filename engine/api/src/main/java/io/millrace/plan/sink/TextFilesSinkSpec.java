package io.millrace.plan.sink;

import io.millrace.api.OutputGate;
import io.millrace.api.Time;

/**
 * Save each batch as a directory of text files, a line per record (guide, "Output Operations").
 *
 * @param prefix how the directories' paths begin; empty for the batch time alone
 * @param suffix what follows a dot at their end; empty for none
 */
public record TextFilesSinkSpec(String prefix, String suffix) implements SinkSpec {
    /** Either part may be null, which is as good as empty. */
    public TextFilesSinkSpec {
        prefix = BatchPath.orEmpty(prefix);
        suffix = BatchPath.orEmpty(suffix);
    }

    /** The directory of the batch of that time: {@code prefix-ms.suffix}, without what is empty. */
    public String directory(Time time) {
        return BatchPath.of(prefix, time, suffix);
    }

    @Override
    public String name() {
        return "saveAsTextFiles(" + prefix + (suffix.isEmpty() ? ")" : ", " + suffix + ")");
    }

    @Override
    public OutputGate gate() {
        return OutputGate.COMMITTED;
    }
}
