package io.millrace.engine.dataset;

import io.millrace.api.ReleasedBatchException;
import io.millrace.engine.lease.Lease;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The datasets that are told to be kept, as long as somebody else holds them. Safe from several threads. */
public final class PersistedDatasets {
    private final Map<Integer, WeakReference<DatasetNode>> nodes = new TreeMap<>();

    synchronized void add(DatasetNode node) {
        nodes.put(node.id(), new WeakReference<>(node));
    }

    synchronized void remove(DatasetNode node) {
        nodes.remove(node.id());
    }

    /** Those that can still be read, by id. */
    public synchronized List<DatasetNode> all() {
        List<DatasetNode> found = new ArrayList<>();
        nodes.values().removeIf(reference -> {
            DatasetNode node = reference.get();
            boolean isThere = node != null && isReadable(node.scope().lease());
            if (isThere) {
                found.add(node);
            }
            return !isThere;
        });
        return found;
    }

    private static boolean isReadable(Lease lease) {
        try {
            lease.check("an RDD");
            return true;
        } catch (ReleasedBatchException over) {
            return false;
        }
    }
}
