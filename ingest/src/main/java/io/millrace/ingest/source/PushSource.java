package io.millrace.ingest.source;

import io.millrace.ingest.IngestConfig;
import io.millrace.ingest.IngestPorts;
import io.millrace.ingest.ring.ObjectHolding;
import io.millrace.ingest.ring.OfferResult;
import io.millrace.ingest.ring.RecordWriter;
import io.millrace.plan.source.PushSpec;
import io.millrace.spi.PushPort;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.Optional;

/**
 * Records that the embedding program offers.
 *
 * <p>Thread: offers from any, several at once: a spin lock is held around one append, a few dozen nanoseconds, and nobody is told
 * anything under it. Memory: allocates nothing.
 */
final class PushSource extends RingSource implements PushPort<Object> {
    private static final int SPINS_BEFORE_YIELD = 200;
    private static final VarHandle LOCKED;

    static {
        try {
            LOCKED = MethodHandles.lookup().findVarHandle(PushSource.class, "locked", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final RecordWriter writer;

    @SuppressWarnings("unused") // by LOCKED
    private boolean locked;

    private volatile boolean isClosed;
    private volatile boolean isComplete;

    PushSource(PushSpec spec, int streamId, IngestConfig config, IngestPorts ports) {
        super(streamId, spec.name(), config, ports);
        // Whoever offers is told at once what a log could not keep.
        ObjectHolding holding = config.isLogged() ? ObjectHolding.AS_BYTES : ObjectHolding.AS_OBJECTS;
        writer = new RecordWriter(producer, config.maxHeldRecords(), holding, ports.objects());
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the record is longer than can ever be taken, which is counted and reported too; or if there is
     *     a log and it is an object that cannot be written
     */
    @Override
    public boolean offer(Object record) {
        OfferResult result;
        lock();
        try {
            result = isOver() ? OfferResult.CLOSED : writer.write(record);
        } finally {
            unlock();
        }
        return isAccepted(result);
    }

    /** @throws IllegalArgumentException if the record is longer than can ever be taken; it is counted and reported too */
    @Override
    public boolean offerUtf8(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        OfferResult result;
        lock();
        try {
            result = isOver() ? OfferResult.CLOSED : writer.writeUtf8(bytes, offset, length);
        } finally {
            unlock();
        }
        return isAccepted(result);
    }

    private boolean isAccepted(OfferResult result) {
        producer.tellWarnings();
        if (result == OfferResult.TOO_LONG) {
            // Not false: whoever offers again until it is true would do so for ever.
            throw new IllegalArgumentException(
                    "a record offered to " + name() + " is longer than the " + producer.maxRecordBytes()
                            + " bytes that millrace.maxRecordBytes and millrace.memory.maxBytes allow");
        }
        return result == OfferResult.ACCEPTED;
    }

    @Override
    public void complete() {
        lock();
        try {
            isComplete = true;
            producer.close();
        } finally {
            unlock();
        }
        ports.consumerBell().ring();
    }

    @Override
    void begin() {
        // Open from the beginning: what is offered before the start belongs to the first batch.
    }

    @Override
    public int doWork() {
        return 0;
    }

    @Override
    void askToStop() {
        lock();
        try {
            isClosed = true;
            producer.close();
        } finally {
            unlock();
        }
    }

    @Override
    void letNobodyStore() {
        askToStop();
    }

    @Override
    boolean isAtRest() {
        return isClosed;
    }

    @Override
    public boolean isComplete() {
        return isComplete;
    }

    @Override
    public Optional<PushPort<?>> pushPort() {
        return Optional.of(this);
    }

    @Override
    boolean end() {
        return true;
    }

    private boolean isOver() {
        return isComplete || isClosed;
    }

    private void lock() {
        int spins = 0;
        while (!LOCKED.compareAndSet(this, false, true)) {
            // The owner may have been put aside by the scheduler; on a busy machine only yielding lets it finish.
            if (++spins % SPINS_BEFORE_YIELD == 0) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    private void unlock() {
        LOCKED.setRelease(this, false);
    }
}
