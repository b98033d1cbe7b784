package io.millrace.ingest.source;

import io.millrace.ingest.IngestConfig;
import io.millrace.ingest.IngestPorts;
import io.millrace.plan.source.SocketTextSpec;

/** Lines from a server: a {@link SocketTextDriver} on a thread of its own, or on the caller's. */
final class SocketSource extends RingSource {
    private final SocketTextDriver driver;
    private Thread thread;

    SocketSource(SocketTextSpec spec, int streamId, IngestConfig config, IngestPorts ports) {
        super(streamId, spec.name(), config, ports);
        driver = new SocketTextDriver(spec, config.restartDelayMs(), ports, producer);
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
        while (!driver.isEnded()) {
            if (driver.doWork() == 0) {
                driver.await();
                // The thread is nobody else's: an interrupt means nothing, and would turn every wait into a spin.
                Thread.interrupted();
            }
        }
    }

    @Override
    public int doWork() {
        return thread == null ? driver.doWork() : 0;
    }

    @Override
    void askToStop() {
        driver.requestStop();
    }

    @Override
    boolean isAtRest() {
        return driver.isEnded();
    }

    @Override
    boolean end() {
        driver.abandonLines();
        if (thread != null) {
            return join(thread);
        }
        driver.doWork();
        return true;
    }
}
