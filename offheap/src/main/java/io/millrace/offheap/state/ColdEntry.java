package io.millrace.offheap.state;

/** A key that is not resident, and what it has. */
public final class ColdEntry {
    private final Object key;
    private final StoredValue stored;
    private final byte[] form;

    ColdEntry(Object key, StoredValue stored, byte[] form) {
        this.key = key;
        this.stored = stored;
        this.form = form;
    }

    /**
     * The key.
     *
     * @return as the class it entered
     */
    public Object key() {
        return key;
    }

    /**
     * The value.
     *
     * @return as the class it entered, may be null; the same object each time
     */
    public Object value() {
        return stored.value();
    }

    /**
     * The batch time of the last update.
     *
     * @return milliseconds
     */
    public long updatedMs() {
        return stored.updatedMs();
    }

    /** The value as the cold store has it. */
    byte[] form() {
        return form;
    }
}
