package io.millrace.offheap.state;

/** How far {@link KeyedStore#handles} has come. Owner: one thread; of use for one store at a time. */
public final class HandleCursor {
    private int kind;
    private int slot;

    /** Before the first key. */
    public HandleCursor() {}

    /** Go back before the first key. */
    public void reset() {
        moveTo(0, 0);
    }

    int kind() {
        return kind;
    }

    int slot() {
        return slot;
    }

    /** Whether a handle's place was passed. */
    boolean isBehind(int handle) {
        int kindOfIt = Entries.kindOf(handle);
        return kindOfIt < kind || kindOfIt == kind && Entries.slotOf(handle) < slot;
    }

    void moveTo(int nextKind, int nextSlot) {
        kind = nextKind;
        slot = nextSlot;
    }
}
