package io.millrace.engine.batch;

import io.millrace.engine.exchange.BatchExchange;
import io.millrace.engine.exchange.CountExchange;
import io.millrace.engine.exchange.KeyedExchange;
import io.millrace.engine.exchange.WholeExchange;
import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.engine.kernel.Merging;
import io.millrace.engine.physical.ExchangeSpec;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.plan.Aggregator;
import java.util.List;
import org.agrona.CloseHelper;

/** The exchanges of one run, in the plan's order; their tables live as long as the run. */
public final class Exchanges implements AutoCloseable {
    private final List<BatchExchange> exchanges;

    /**
     * Open the exchanges of a plan.
     *
     * @param writers how many threads may write into each
     */
    public Exchanges(List<ExchangeSpec> specs, int writers, LanePolicy policy, MemoryLedger ledger) {
        exchanges =
                specs.stream().map(spec -> open(spec, writers, policy, ledger)).toList();
    }

    private static BatchExchange open(ExchangeSpec spec, int writers, LanePolicy policy, MemoryLedger ledger) {
        if (spec.by() instanceof Aggregator.Reduce reduce) {
            Merging merging = new Merging(new OperatorFunction(spec.id(), reduce.merge()), policy);
            return spec.wholeBatch()
                    ? new WholeExchange(merging, writers)
                    : new KeyedExchange(spec.id().text(), merging, spec.partitions(), writers, ledger, policy);
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
        CloseHelper.closeAll(exchanges);
    }
}
