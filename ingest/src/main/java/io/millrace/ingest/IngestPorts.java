package io.millrace.ingest;

import io.millrace.ingest.net.SocketPort;
import io.millrace.ingest.record.ProgramClasses;
import io.millrace.ingest.wait.Doorbell;
import io.millrace.offheap.block.SlabPool;
import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.memory.MemoryLedger;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
import org.agrona.concurrent.NanoClock;

/**
 * What ingest is given from outside: memory, time, threads, network, and whom to tell. A simulator passes its own.
 *
 * @param ledger the account the slabs are taken from
 * @param slabs where empty slabs come from; shared by all sources
 * @param clock time for restart delays, rates and the age of records
 * @param threads makes the threads of receivers and sockets; unused when {@code callerDriven}
 * @param sockets the network
 * @param consumerBell rung when a ring fills up between cuts, or a source completes
 * @param events whom to tell about starts, stops and errors
 * @param callerDriven true: no threads are made, the caller's {@code doWork} drives every source
 * @param spinning true: threads without work spin instead of waiting (a core each)
 * @param objects how objects are held as bytes, where their storage level asks for it
 */
public record IngestPorts(
        MemoryLedger ledger,
        SlabPool slabs,
        NanoClock clock,
        ThreadFactory threads,
        SocketPort sockets,
        Doorbell consumerBell,
        IngestEvents events,
        boolean callerDriven,
        boolean spinning,
        ObjectEncoding objects) {

    /** So many slabs must fit the memory cap: a quarter of it is not for slabs, and a source that only waits holds one open. */
    public static final int MIN_SLABS_IN_MEMORY = 8;

    /** Refuses a missing port by name, and a memory cap under which no source could ever go on. */
    public IngestPorts {
        Objects.requireNonNull(ledger, "ledger");
        Objects.requireNonNull(slabs, "slabs");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(threads, "threads");
        Objects.requireNonNull(sockets, "sockets");
        Objects.requireNonNull(consumerBell, "consumerBell");
        Objects.requireNonNull(events, "events");
        Objects.requireNonNull(objects, "objects");
        long leastBytes = (long) MIN_SLABS_IN_MEMORY * slabs.slabBytes();
        if (ledger.maxBytes() < leastBytes) {
            throw new IllegalArgumentException(
                    "millrace.memory.maxBytes is " + ledger.maxBytes() + ", expected at least "
                            + leastBytes + " bytes, " + MIN_SLABS_IN_MEMORY + " slabs of " + slabs.slabBytes()
                            + "; raise it, or lower millrace.slabBytes");
        }
    }

    /** The ports of a program that registered no class. */
    public IngestPorts(
            MemoryLedger ledger,
            SlabPool slabs,
            NanoClock clock,
            ThreadFactory threads,
            SocketPort sockets,
            Doorbell consumerBell,
            IngestEvents events,
            boolean callerDriven,
            boolean spinning) {
        this(
                ledger,
                slabs,
                clock,
                threads,
                sockets,
                consumerBell,
                events,
                callerDriven,
                spinning,
                new ObjectEncoding(ProgramClasses.of(List.of())));
    }
}
