package io.millrace.plan.sink;

/** Print the first rows of each batch on standard output (guide, "Output Operations"). */
public record PrintSpec(int rows) implements SinkSpec {
    /** @throws IllegalArgumentException if {@code rows} is negative */
    public PrintSpec {
        if (rows < 0) {
            throw new IllegalArgumentException("print(" + rows + "): the number of rows is negative; give 0 or more");
        }
    }

    @Override
    public String name() {
        return "print(" + rows + ")";
    }
}
