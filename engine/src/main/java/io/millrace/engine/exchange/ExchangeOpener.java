package io.millrace.engine.exchange;

import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.engine.kernel.Aggregation;
import io.millrace.engine.kernel.Merging;
import io.millrace.engine.key.KeySpread;
import io.millrace.engine.physical.Redistribution;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.plan.Aggregator;
import io.millrace.plan.OperatorId;

/**
 * Makes the exchange for each way of redistributing rows.
 *
 * @param writers how many threads may write into one
 */
public record ExchangeOpener(int writers, LanePolicy policy, MemoryLedger ledger) {
    /**
     * Open an exchange, which holds nothing yet.
     *
     * @param operator whose it is, for messages
     */
    public BatchExchange open(OperatorId operator, Redistribution how) {
        if (how instanceof Redistribution.FoldByKey fold) {
            KeySpread spread = new KeySpread(operator, fold.partitions(), fold.partitioner());
            return new KeyedExchange(
                    operator.text(), aggregation(operator, fold.by()), spread, writers, ledger, policy);
        } else if (how instanceof Redistribution.FoldAll fold) {
            return fold.by() instanceof Aggregator.Reduce reduce
                    ? new WholeExchange(new Merging(new OperatorFunction(operator, reduce.merge()), policy), writers)
                    : new CountExchange(writers);
        } else if (how instanceof Redistribution.ShuffleByKey shuffle) {
            KeySpread spread = new KeySpread(operator, shuffle.partitions(), shuffle.partitioner());
            return ShuffleExchange.byKey(operator.text(), spread, writers, ledger);
        }
        return ShuffleExchange.inTurn(how.partitions(), writers, ledger);
    }

    private Aggregation aggregation(OperatorId operator, Aggregator by) {
        if (by instanceof Aggregator.Reduce reduce) {
            return Aggregation.of(operator, reduce, policy);
        } else if (by instanceof Aggregator.Combine combine) {
            return Aggregation.of(operator, combine, policy);
        }
        throw new IllegalArgumentException(
                "'" + operator + "': no exchange folds keys by " + by + "; reduce a 1 per row by a sum to count");
    }
}
