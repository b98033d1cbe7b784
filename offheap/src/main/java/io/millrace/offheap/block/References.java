package io.millrace.offheap.block;

import java.util.concurrent.atomic.AtomicInteger;

/** How many hold something. Any thread; at zero nobody can hold it any more until it is opened again. */
final class References {

    private final AtomicInteger count = new AtomicInteger();

    /** Begin with one. */
    void open() {
        count.set(1);
    }

    void retain() {
        while (true) {
            int before = count.get();
            if (before == 0) {
                throw new IllegalStateException("slab is retained after its last reference was released");
            }
            if (count.compareAndSet(before, before + 1)) {
                return;
            }
        }
    }

    /** True when that was the last one: everything others did with what they held is visible now. */
    boolean release() {
        while (true) {
            int before = count.get();
            if (before == 0) {
                throw new IllegalStateException("slab is released more often than it was retained");
            }
            if (count.compareAndSet(before, before - 1)) {
                return before == 1;
            }
        }
    }
}
