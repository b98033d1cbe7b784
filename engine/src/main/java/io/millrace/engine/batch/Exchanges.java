package io.millrace.engine.batch;

import io.millrace.engine.exchange.BatchExchange;
import io.millrace.engine.exchange.ExchangeOpener;
import io.millrace.engine.physical.ExchangeSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.agrona.CloseHelper;

/**
 * The exchanges of one run. A batch borrows those it computes and gives them back at its end, so their tables keep their memory
 * from batch to batch; there are as many of each as batches live at a time. Safe from several threads.
 */
public final class Exchanges implements AutoCloseable {
    private final List<ExchangeSpec> specs;
    private final ExchangeOpener opener;
    private final List<Deque<BatchExchange>> free = new ArrayList<>();
    private boolean closed;

    /** The exchanges of a plan; each is opened when a batch first wants it. */
    public Exchanges(List<ExchangeSpec> specs, ExchangeOpener opener) {
        this.specs = specs;
        this.opener = opener;
        specs.forEach(spec -> free.add(new ArrayDeque<>()));
    }

    synchronized BatchExchange borrow(int index) {
        BatchExchange exchange = free.get(index).poll();
        return exchange != null
                ? exchange
                : opener.open(specs.get(index).id(), specs.get(index).how());
    }

    /** Take back an exchange that holds nothing any more. */
    synchronized void giveBack(int index, BatchExchange exchange) {
        if (closed) {
            CloseHelper.close(exchange);
        } else {
            free.get(index).push(exchange);
        }
    }

    /** Free the memory of those that are here, and of the others when they come back. */
    @Override
    public synchronized void close() {
        closed = true;
        free.forEach(CloseHelper::closeAll);
        free.forEach(Deque::clear);
    }
}
