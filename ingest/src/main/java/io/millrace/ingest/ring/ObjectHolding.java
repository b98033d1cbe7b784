package io.millrace.ingest.ring;

import io.millrace.api.StorageLevel;

/** How objects of classes that have no lane of their own are held until their batch. */
public enum ObjectHolding {
    /** As the objects they are. */
    AS_OBJECTS,
    /** As bytes where their class is registered, else as the objects they are. */
    AS_BYTES_IF_REGISTERED,
    /** As bytes; what cannot be is refused. */
    AS_BYTES;

    /**
     * What a storage level asks for, where blocks are written to a log or are not: a log keeps nothing as objects.
     *
     * @param isLogged whether they are
     */
    public static ObjectHolding of(StorageLevel level, boolean isLogged) {
        return isLogged ? AS_BYTES : of(level);
    }

    /** How a program whose objects are refused can have them held as they are: the end of a message. */
    public static String wayOut(boolean isLogged) {
        return isLogged
                ? "; or leave the log off, millrace.streaming.receiver.writeAheadLog.enable"
                : "; or give the receiver a level that does, such as MEMORY_ONLY";
    }

    /** What a storage level asks for; {@code NONE} asks for nothing. */
    public static ObjectHolding of(StorageLevel level) {
        if (level.useDisk() && !level.useMemory()) {
            return AS_BYTES;
        }
        return level.deserialized() || !level.useMemory() ? AS_OBJECTS : AS_BYTES_IF_REGISTERED;
    }
}
