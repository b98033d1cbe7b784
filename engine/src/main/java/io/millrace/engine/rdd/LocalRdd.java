package io.millrace.engine.rdd;

import io.millrace.api.MillraceContext;
import io.millrace.api.RDD;
import io.millrace.engine.task.Rows;
import java.util.function.Supplier;

/**
 * A dataset of plain records on this engine.
 *
 * @param <T> record type
 */
public final class LocalRdd<T> extends LocalDataset<T> implements RDD<T> {
    /** A dataset over rows, readable while the lease lasts. */
    public LocalRdd(Rows rows, DatasetRunner runner, Lease lease, Supplier<MillraceContext> context) {
        super(rows, runner, lease, context);
    }
}
