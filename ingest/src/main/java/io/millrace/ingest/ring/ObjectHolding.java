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

    /** What a storage level asks for; {@code NONE} asks for nothing. */
    public static ObjectHolding of(StorageLevel level) {
        if (level.useDisk() && !level.useMemory()) {
            return AS_BYTES;
        }
        return level.deserialized() || !level.useMemory() ? AS_OBJECTS : AS_BYTES_IF_REGISTERED;
    }
}
