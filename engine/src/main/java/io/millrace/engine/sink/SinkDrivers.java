package io.millrace.engine.sink;

import io.millrace.api.RDDLike;
import io.millrace.api.Time;
import io.millrace.api.function.VoidFunction2;
import io.millrace.engine.rdd.LocalDataset;
import io.millrace.plan.sink.ForeachRddSpec;
import io.millrace.plan.sink.ForeachRecordSpec;
import io.millrace.plan.sink.PrintSpec;
import io.millrace.plan.sink.SinkSpec;
import java.util.Optional;

/** The drivers this engine has, by spec. */
public final class SinkDrivers {
    private SinkDrivers() {}

    /** The driver for that spec; empty if there is none. */
    @SuppressWarnings("unchecked") // the stream's types say what the bodies take
    public static Optional<SinkDriver> find(SinkSpec spec) {
        if (spec instanceof PrintSpec print) {
            return Optional.of(new PrintSink(print.rows()));
        } else if (spec instanceof ForeachRddSpec foreach) {
            VoidFunction2<RDDLike<?>, Time> body = (VoidFunction2<RDDLike<?>, Time>) foreach.body();
            return Optional.of((batch, time) -> body.call((RDDLike<?>) batch, time));
        } else if (spec instanceof ForeachRecordSpec foreach) {
            VoidFunction2<Object, Time> body = (VoidFunction2<Object, Time>) foreach.body();
            return Optional.of((batch, time) -> forEachRecord(batch, time, body));
        }
        return Optional.empty();
    }

    private static <T> void forEachRecord(LocalDataset<T> batch, Time time, VoidFunction2<Object, Time> body) {
        batch.foreachInOrder(record -> body.call(record, time));
    }
}
