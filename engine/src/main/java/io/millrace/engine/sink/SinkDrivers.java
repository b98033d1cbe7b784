package io.millrace.engine.sink;

import io.millrace.api.RDDLike;
import io.millrace.api.Time;
import io.millrace.api.function.VoidFunction2;
import io.millrace.engine.rdd.LocalDataset;
import io.millrace.plan.OperatorId;
import io.millrace.plan.sink.ForeachRddSpec;
import io.millrace.plan.sink.ForeachRecordSpec;
import io.millrace.plan.sink.PrintSpec;
import io.millrace.plan.sink.SinkSpec;
import java.util.Optional;

/** The drivers this engine has, by spec. */
public final class SinkDrivers {
    private SinkDrivers() {}

    /**
     * The driver for that spec; empty if there is none.
     *
     * @param output whose it is, for messages
     */
    @SuppressWarnings("unchecked") // the stream's types say what the bodies take
    public static Optional<SinkDriver> find(OperatorId output, SinkSpec spec) {
        if (spec instanceof PrintSpec print) {
            return Optional.of(new PrintSink(print.rows()));
        } else if (spec instanceof ForeachRddSpec foreach) {
            VoidFunction2<RDDLike<?>, Time> body = (VoidFunction2<RDDLike<?>, Time>) foreach.body();
            return Optional.of((batch, time) -> body.call((RDDLike<?>) batch, time));
        } else if (spec instanceof ForeachRecordSpec foreach) {
            VoidFunction2<Object, Time> body = (VoidFunction2<Object, Time>) foreach.body();
            return Optional.of((batch, time) -> forEachRecord(output, batch, time, body));
        }
        return Optional.empty();
    }

    private static <T> void forEachRecord(
            OperatorId output, LocalDataset<T> batch, Time time, VoidFunction2<Object, Time> body) {
        batch.foreachInOrder(output, record -> body.call(record, time));
    }
}
