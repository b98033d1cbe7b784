package io.millrace.engine.batch;

import io.millrace.engine.exchange.BatchExchange;
import io.millrace.engine.exchange.CountExchange;
import io.millrace.engine.exchange.KeyedExchange;
import io.millrace.engine.exchange.WholeExchange;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.engine.function.ShapeClasses;
import io.millrace.engine.kernel.Merging;
import io.millrace.engine.physical.ExchangeSpec;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.plan.Aggregator;
import java.util.List;

/** The exchanges of one run, in the plan's order; their tables live as long as the run. */
public final class Exchanges implements AutoCloseable {
    private final List<BatchExchange> exchanges;

    /**
     * @param writers how many threads may write into each
     * @param specialised whether keys and values may be held in primitive lanes
     */
    public Exchanges(
            List<ExchangeSpec> specs, int writers, ShapeClasses classes, MemoryLedger ledger, boolean specialised) {
        exchanges = specs.stream()
                .map(spec -> open(spec, writers, classes, ledger, specialised))
                .toList();
    }

    private static BatchExchange open(
            ExchangeSpec spec, int writers, ShapeClasses classes, MemoryLedger ledger, boolean specialised) {
        if (spec.by() instanceof Aggregator.Reduce reduce) {
            Merging merging = new Merging(new OperatorFunction(spec.id(), reduce.merge()), classes, specialised);
            return spec.wholeBatch()
                    ? new WholeExchange(merging, writers)
                    : new KeyedExchange(spec.id().text(), merging, spec.partitions(), writers, ledger, specialised);
        }
        if (spec.wholeBatch()) {
            return new CountExchange(writers);
        }
        throw new IllegalArgumentException(
                "'" + spec.id() + "': no exchange counts by key; reduce a 1 per row by a sum");
    }

    BatchExchange get(int index) {
        return exchanges.get(index);
    }

    @Override
    public void close() {
        exchanges.forEach(BatchExchange::close);
    }
}
