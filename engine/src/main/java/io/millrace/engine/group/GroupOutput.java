package io.millrace.engine.group;

import java.util.function.Function;

/** One row per key, made of its values in all inputs. */
final class GroupOutput implements KeyOutput {
    private final Function<Object[][], Object> row;
    private Object[][] values;

    GroupOutput(Function<Object[][], Object> row) {
        this.row = row;
    }

    @Override
    public void start(Object[][] valuesOfKey) {
        values = valuesOfKey;
    }

    @Override
    public boolean hasNext() {
        return values != null;
    }

    @Override
    public Object next() {
        Object made = row.apply(values);
        values = null;
        return made;
    }
}
