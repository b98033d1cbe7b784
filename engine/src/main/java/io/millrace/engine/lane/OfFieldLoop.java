package io.millrace.engine.lane;

import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Column;

/** {@code Fields.longAt} and its like: another loop over the fields that a {@link FieldLoop} finds. */
final class OfFieldLoop extends TextLoop {
    private final FieldLoop field;
    private final TextLoop inner;

    OfFieldLoop(FieldLoop field, TextLoop inner) {
        this.field = field;
        this.inner = inner;
    }

    @Override
    Column column() {
        return inner.column();
    }

    @Override
    void begin(BytesColumn texts) {
        field.begin(texts);
        inner.begin(field.column());
    }

    @Override
    int run(BytesColumn texts, int from, int to, int at) {
        int found = field.run(texts, from, to, from);
        return inner.run(field.column(), from, found, at);
    }
}
