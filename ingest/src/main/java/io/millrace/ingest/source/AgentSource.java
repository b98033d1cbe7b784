package io.millrace.ingest.source;

import io.millrace.ingest.IngestConfig;
import io.millrace.ingest.IngestPorts;
import io.millrace.ingest.SourceDriver;
import io.millrace.ingest.ring.RingProducer;
import io.millrace.ingest.wait.Threads;
import java.util.function.BooleanSupplier;

/** A source with a driver: on a thread of its own, or on the caller's. */
final class AgentSource extends RingSource {
    /** So long a record that is just being stored may take, in milliseconds of real time. */
    private static final long REFUSE_MS = 1_000;

    private final SourceDriver driver;
    private Thread thread;
    private long joinMs = JOIN_MS;
    /** The thread is gone, whatever took it: nobody shall wait for the driver. */
    private volatile boolean isAbandoned;

    /** Makes the driver of a source that has its ring already. */
    interface DriverMaker {
        SourceDriver make(RingProducer producer, BooleanSupplier makeRoom);
    }

    AgentSource(String name, int streamId, IngestConfig config, IngestPorts ports, DriverMaker maker) {
        super(streamId, name, config, ports);
        driver = maker.make(producer, cutter::makeRoom);
    }

    @Override
    void begin() {
        if (!ports.callerDriven()) {
            thread = ports.threads().newThread(this::run);
            thread.setName(driver.roleName());
            thread.start();
        }
    }

    private void run() {
        try {
            while (!driver.isEnded()) {
                if (driver.doWork() == 0) {
                    driver.await();
                    // The thread is nobody else's: an interrupt means nothing, and would turn every wait into a spin.
                    Thread.interrupted();
                }
            }
        } catch (Throwable e) {
            // A driver tries again after whatever its source does. So this is memory that is gone even for that, or a
            // listener that throws.
            driver.requestStop();
            counters().countError();
            ports.events().receiverError(streamId(), name() + " has ended for good, its thread failed: " + e, e);
        } finally {
            isAbandoned = true;
        }
    }

    @Override
    public int doWork() {
        return thread == null ? driver.doWork() : 0;
    }

    @Override
    public void acknowledge(long position) {
        driver.acknowledge(position);
    }

    @Override
    void askToStop() {
        driver.requestStop();
    }

    @Override
    void letNobodyStore() {
        driver.refuse(REFUSE_MS);
        joinMs = 1; // whoever calls this has waited long enough
    }

    @Override
    boolean isAtRest() {
        return isAbandoned || driver.isEnded();
    }

    @Override
    boolean end() {
        driver.stopWaiting();
        boolean isLeft = true;
        if (thread == null) {
            driver.doWork();
        } else {
            isLeft = Threads.join(thread, joinMs);
        }
        boolean isShut = driver.shut(isLeft, JOIN_MS);
        if (isShut && !isLeft) {
            String stuck = name()
                    + " did not come to rest in time: its thread is left alone, and nothing that it stores is taken;"
                    + " let onStop() return soon";
            ports.events().warning(streamId(), stuck);
        }
        return isShut;
    }
}
