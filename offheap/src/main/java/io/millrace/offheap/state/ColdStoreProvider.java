package io.millrace.offheap.state;

import java.util.List;

/** Makes cold stores; found by {@link java.util.ServiceLoader}. Safe from several threads. */
public interface ColdStoreProvider {
    /** The JVM flags that are needed and not given; empty when stores can be opened. Cheap: loads nothing of the library. */
    List<String> missingFlags();

    /** Pay what the first store of a JVM costs, seconds of class loading and compiling, so that it is paid before a batch needs it. */
    void warmUp();

    /**
     * A store without keys.
     *
     * @throws StoreFullException if not even an empty one has room
     */
    ColdStore open(ColdStoreSpec spec);
}
