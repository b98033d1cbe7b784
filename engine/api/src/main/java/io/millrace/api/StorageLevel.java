package io.millrace.api;

import java.io.Serializable;
import java.util.Map;

/**
 * How records are to be kept: where, as objects or serialized, and how many times. Immutable. Each constant is there as
 * a field and as a method, since ported programs use both spellings.
 *
 * <p>Of a receiver the level says how objects of classes that have no lane of their own are held until their batch: as they
 * are, or as bytes off the Java heap; see {@link StreamingContext#receiverStream(io.millrace.api.receiver.Receiver)}. Numbers,
 * texts and bytes are off the heap at any level, and everything is there in one copy: on one machine a second helps nobody.
 */
public final class StorageLevel implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int MAX_REPLICATION = 39;

    /** Nothing is kept. */
    public static final StorageLevel NONE = new StorageLevel(false, false, false, false, 1);

    /** On disk, serialized. */
    public static final StorageLevel DISK_ONLY = new StorageLevel(true, false, false, false, 1);

    /** On disk, serialized, two copies. */
    public static final StorageLevel DISK_ONLY_2 = new StorageLevel(true, false, false, false, 2);

    /** On disk, serialized, three copies. */
    public static final StorageLevel DISK_ONLY_3 = new StorageLevel(true, false, false, false, 3);

    /** In memory, as objects. */
    public static final StorageLevel MEMORY_ONLY = new StorageLevel(false, true, false, true, 1);

    /** In memory, as objects, two copies. */
    public static final StorageLevel MEMORY_ONLY_2 = new StorageLevel(false, true, false, true, 2);

    /** In memory, serialized. */
    public static final StorageLevel MEMORY_ONLY_SER = new StorageLevel(false, true, false, false, 1);

    /** In memory, serialized, two copies. */
    public static final StorageLevel MEMORY_ONLY_SER_2 = new StorageLevel(false, true, false, false, 2);

    /** In memory as objects, on disk what does not fit. */
    public static final StorageLevel MEMORY_AND_DISK = new StorageLevel(true, true, false, true, 1);

    /** In memory as objects, on disk what does not fit, two copies. */
    public static final StorageLevel MEMORY_AND_DISK_2 = new StorageLevel(true, true, false, true, 2);

    /** In memory serialized, on disk what does not fit. */
    public static final StorageLevel MEMORY_AND_DISK_SER = new StorageLevel(true, true, false, false, 1);

    /** In memory serialized, on disk what does not fit, two copies. */
    public static final StorageLevel MEMORY_AND_DISK_SER_2 = new StorageLevel(true, true, false, false, 2);

    /** Outside the Java heap, serialized. */
    public static final StorageLevel OFF_HEAP = new StorageLevel(true, true, true, false, 1);

    private static final Map<String, StorageLevel> BY_NAME = Map.ofEntries(
            Map.entry("NONE", NONE),
            Map.entry("DISK_ONLY", DISK_ONLY),
            Map.entry("DISK_ONLY_2", DISK_ONLY_2),
            Map.entry("DISK_ONLY_3", DISK_ONLY_3),
            Map.entry("MEMORY_ONLY", MEMORY_ONLY),
            Map.entry("MEMORY_ONLY_2", MEMORY_ONLY_2),
            Map.entry("MEMORY_ONLY_SER", MEMORY_ONLY_SER),
            Map.entry("MEMORY_ONLY_SER_2", MEMORY_ONLY_SER_2),
            Map.entry("MEMORY_AND_DISK", MEMORY_AND_DISK),
            Map.entry("MEMORY_AND_DISK_2", MEMORY_AND_DISK_2),
            Map.entry("MEMORY_AND_DISK_SER", MEMORY_AND_DISK_SER),
            Map.entry("MEMORY_AND_DISK_SER_2", MEMORY_AND_DISK_SER_2),
            Map.entry("OFF_HEAP", OFF_HEAP));

    private final boolean useDisk;
    private final boolean useMemory;
    private final boolean useOffHeap;
    private final boolean deserialized;
    private final int replication;

    private StorageLevel(
            boolean useDisk, boolean useMemory, boolean useOffHeap, boolean deserialized, int replication) {
        if (replication > MAX_REPLICATION) {
            throw new IllegalArgumentException(
                    "storage level with " + replication + " copies, expected at most " + MAX_REPLICATION);
        }
        if (useOffHeap && deserialized) {
            throw new IllegalArgumentException(
                    "storage level off heap and deserialized: objects cannot live outside the heap;"
                            + " use OFF_HEAP, or leave one of the two out");
        }
        this.useDisk = useDisk;
        this.useMemory = useMemory;
        this.useOffHeap = useOffHeap;
        this.deserialized = deserialized;
        this.replication = replication;
    }

    /**
     * Returns a level of one's own.
     *
     * @throws IllegalArgumentException if {@code replication} is 40 or more, or the level is off heap and deserialized
     */
    public static StorageLevel apply(
            boolean useDisk, boolean useMemory, boolean useOffHeap, boolean deserialized, int replication) {
        return new StorageLevel(useDisk, useMemory, useOffHeap, deserialized, replication);
    }

    /**
     * Returns the constant of that name, such as {@code MEMORY_AND_DISK_SER}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static StorageLevel fromString(String name) {
        StorageLevel level = BY_NAME.get(name);
        if (level == null) {
            throw new IllegalArgumentException("storage level '" + name + "' is unknown, expected one of "
                    + String.join(", ", BY_NAME.keySet().stream().sorted().toList()));
        }
        return level;
    }

    /** Nothing is kept. */
    public static StorageLevel NONE() {
        return NONE;
    }

    /** On disk, serialized. */
    public static StorageLevel DISK_ONLY() {
        return DISK_ONLY;
    }

    /** On disk, serialized, two copies. */
    public static StorageLevel DISK_ONLY_2() {
        return DISK_ONLY_2;
    }

    /** On disk, serialized, three copies. */
    public static StorageLevel DISK_ONLY_3() {
        return DISK_ONLY_3;
    }

    /** In memory, as objects. */
    public static StorageLevel MEMORY_ONLY() {
        return MEMORY_ONLY;
    }

    /** In memory, as objects, two copies. */
    public static StorageLevel MEMORY_ONLY_2() {
        return MEMORY_ONLY_2;
    }

    /** In memory, serialized. */
    public static StorageLevel MEMORY_ONLY_SER() {
        return MEMORY_ONLY_SER;
    }

    /** In memory, serialized, two copies. */
    public static StorageLevel MEMORY_ONLY_SER_2() {
        return MEMORY_ONLY_SER_2;
    }

    /** In memory as objects, on disk what does not fit. */
    public static StorageLevel MEMORY_AND_DISK() {
        return MEMORY_AND_DISK;
    }

    /** In memory as objects, on disk what does not fit, two copies. */
    public static StorageLevel MEMORY_AND_DISK_2() {
        return MEMORY_AND_DISK_2;
    }

    /** In memory serialized, on disk what does not fit. */
    public static StorageLevel MEMORY_AND_DISK_SER() {
        return MEMORY_AND_DISK_SER;
    }

    /** In memory serialized, on disk what does not fit, two copies. */
    public static StorageLevel MEMORY_AND_DISK_SER_2() {
        return MEMORY_AND_DISK_SER_2;
    }

    /** Outside the Java heap, serialized. */
    public static StorageLevel OFF_HEAP() {
        return OFF_HEAP;
    }

    /** Whether records may go to disk. */
    public boolean useDisk() {
        return useDisk;
    }

    /** Whether records may stay in memory. */
    public boolean useMemory() {
        return useMemory;
    }

    /** Whether that memory is outside the Java heap. */
    public boolean useOffHeap() {
        return useOffHeap;
    }

    /** Whether records are kept as objects. */
    public boolean deserialized() {
        return deserialized;
    }

    /** The number of copies. */
    public int replication() {
        return replication;
    }

    /** Whether anything is kept at all: in memory or on disk, at least once. */
    public boolean isValid() {
        return (useMemory || useDisk) && replication > 0;
    }

    /** Returns the four switches as bits: disk 8, memory 4, off heap 2, deserialized 1. */
    public int toInt() {
        return (useDisk ? 8 : 0) | (useMemory ? 4 : 0) | (useOffHeap ? 2 : 0) | (deserialized ? 1 : 0);
    }

    /** Returns a text for people, such as {@code Disk Memory Serialized 1x Replicated}. */
    public String description() {
        String memory = useOffHeap ? "Memory (off heap) " : "Memory ";
        return (useDisk ? "Disk " : "")
                + (useMemory ? memory : "")
                + (deserialized ? "Deserialized " : "Serialized ")
                + replication
                + "x Replicated";
    }

    /** Returns this level: it never changes. */
    @Override
    public StorageLevel clone() {
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StorageLevel that && toInt() == that.toInt() && replication == that.replication;
    }

    @Override
    public int hashCode() {
        return 41 * toInt() + replication;
    }

    /** {@code StorageLevel(disk, memory, deserialized, 1 replicas)}. */
    @Override
    public String toString() {
        return "StorageLevel("
                + (useDisk ? "disk, " : "")
                + (useMemory ? "memory, " : "")
                + (useOffHeap ? "offheap, " : "")
                + (deserialized ? "deserialized, " : "")
                + replication
                + " replicas)";
    }
}
