package io.millrace.api;

import io.millrace.plan.OperatorId;
import io.millrace.spi.StreamingRun;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The state of one operator of a context, as its run has it. */
final class RunningState implements StateView<Object, Object> {
    private final OperatorId operator;
    private final Supplier<StreamingRun> run;

    /** @param run gives null before the start */
    RunningState(OperatorId operator, Supplier<StreamingRun> run) {
        this.operator = operator;
        this.run = run;
    }

    private StateView<Object, Object> running() {
        StreamingRun running = run.get();
        if (running == null) {
            throw new MillraceException(
                    "'" + operator + "' has not been initialized: its state can be read after start()");
        }
        return running.state(operator);
    }

    @Override
    public Optional<Object> get(Object key) {
        return running().get(key);
    }

    @Override
    public void forEach(BiConsumer<? super Object, ? super Object> each) {
        running().forEach(each);
    }

    @Override
    public long size() {
        return running().size();
    }

    @Override
    public Optional<Time> asOf() {
        return running().asOf();
    }
}
