package io.millrace.ingest.source;

import io.millrace.ingest.IngestConfig;
import io.millrace.ingest.IngestPorts;
import io.millrace.ingest.receiver.ReceiverSupervisor;
import io.millrace.plan.source.ReceiverSpec;

/** A program's own receiver: its supervisor on a thread of its own, or on the caller's. */
final class ReceiverSource extends RingSource {
    private final ReceiverSupervisor<?> supervisor;
    private Thread thread;

    ReceiverSource(ReceiverSpec spec, int streamId, IngestConfig config, IngestPorts ports) {
        super(streamId, spec.name(), config, ports);
        supervisor = new ReceiverSupervisor<>(spec.receiver(), spec.name(), producer, config, ports, cutter::makeRoom);
    }

    @Override
    void begin() {
        if (!ports.callerDriven()) {
            thread = ports.threads().newThread(this::run);
            thread.setName(supervisor.roleName());
            thread.start();
        }
    }

    private void run() {
        while (!supervisor.isEnded()) {
            if (supervisor.doWork() == 0) {
                supervisor.await();
                // The thread is nobody else's: an interrupt means nothing, and would turn every wait into a spin.
                Thread.interrupted();
            }
        }
    }

    @Override
    public int doWork() {
        return thread == null ? supervisor.doWork() : 0;
    }

    @Override
    void askToStop() {
        supervisor.requestStop();
    }

    @Override
    boolean isAtRest() {
        return supervisor.isEnded();
    }

    @Override
    boolean end() {
        if (thread == null) {
            supervisor.doWork();
        } else if (!join(thread)) {
            return false;
        }
        return supervisor.shut(JOIN_MS);
    }
}
