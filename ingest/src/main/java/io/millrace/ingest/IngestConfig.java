package io.millrace.ingest;

/**
 * What ingest needs to know. Milliseconds, bytes, records, records per second. Checks itself, and names what it refuses by the key
 * that a program sets.
 *
 * @param blockIntervalMs how often what has arrived is sealed into a block, above 0 (the engine cuts at every tick too)
 * @param ringSlabs places in the ring of one source, a power of two: so many slabs may wait to be taken
 * @param slabBytes the size of an ordinary slab, {@value #MIN_SLAB_BYTES} to {@value #MAX_SLAB_BYTES}, a multiple of 8
 * @param maxRecordBytes the longest record; longer ones are counted, reported and left out
 * @param maxHeldRecords how many records of one source may be held as objects (not as bytes) until their batches are done
 * @param restartDelayMs how long a source that ended or failed waits before it starts again, 0 or more
 * @param maxRecordsPerSecond the limit on single {@code store} calls of one receiver; {@link #UNLIMITED} for none
 * @param isLogged whether the blocks are written to a log: then nothing is held as objects, and a store of several records returns
 *     once they are {@linkplain io.millrace.ingest.source.PushedSource#durable durable}
 */
public record IngestConfig(
        long blockIntervalMs,
        int ringSlabs,
        int slabBytes,
        int maxRecordBytes,
        long maxHeldRecords,
        long restartDelayMs,
        long maxRecordsPerSecond,
        boolean isLogged) {

    /** No limit on the rate. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** The smallest slab. */
    public static final int MIN_SLAB_BYTES = 4 << 10;

    /** The largest ordinary slab. */
    public static final int MAX_SLAB_BYTES = 64 << 20;

    /** The largest bound on one record. */
    public static final int MAX_RECORD_BYTES = 1 << 30;

    /** Refuses what cannot work, naming the key, the value, the bound and a value that works. */
    public IngestConfig {
        require(
                blockIntervalMs > 0,
                "millrace.streaming.blockInterval in ms",
                blockIntervalMs,
                "must be positive, such as 200");
        require(
                ringSlabs > 0 && ringSlabs <= 1 << 16 && Integer.bitCount(ringSlabs) == 1,
                "millrace.ring.slabs",
                ringSlabs,
                "expected a power of two up to 65536, such as 128");
        require(
                slabBytes >= MIN_SLAB_BYTES && slabBytes <= MAX_SLAB_BYTES && slabBytes % 8 == 0,
                "millrace.slabBytes",
                slabBytes,
                "expected a multiple of 8 from " + MIN_SLAB_BYTES + " to " + MAX_SLAB_BYTES + ", such as 65536");
        require(
                maxRecordBytes > 0 && maxRecordBytes <= MAX_RECORD_BYTES,
                "millrace.maxRecordBytes",
                maxRecordBytes,
                "expected 1 to " + MAX_RECORD_BYTES + ", such as 16777216");
        require(
                maxHeldRecords > 0,
                "millrace.receiver.maxHeldRecords",
                maxHeldRecords,
                "must be positive, such as 1000000");
        require(
                restartDelayMs >= 0,
                "millrace.streaming.receiverRestartDelay in ms",
                restartDelayMs,
                "must not be negative; try 2000");
        require(
                maxRecordsPerSecond > 0,
                "millrace.streaming.receiver.maxRate",
                maxRecordsPerSecond,
                "must be positive; for no limit leave it at " + UNLIMITED);
    }

    /** Without a log. */
    public IngestConfig(
            long blockIntervalMs,
            int ringSlabs,
            int slabBytes,
            int maxRecordBytes,
            long maxHeldRecords,
            long restartDelayMs,
            long maxRecordsPerSecond) {
        this(
                blockIntervalMs,
                ringSlabs,
                slabBytes,
                maxRecordBytes,
                maxHeldRecords,
                restartDelayMs,
                maxRecordsPerSecond,
                false);
    }

    private static void require(boolean holds, String name, long value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ", " + expected);
        }
    }
}
