package io.millrace.offheap.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Goes through a store as it was when the scan began, in slices between which batches may run. While it is open, nothing
 * moves to the cold store, which therefore has all that it had; the values that batches replace are kept on the heap.
 *
 * <p>First come the keys that were resident at the beginning, then those that were cold, then those whose value was replaced
 * before their turn.
 *
 * <p>Thread: any, between batches, one at a time.
 */
public final class StoreScan implements AutoCloseable {
    /** Of a key that is not to be given later: it had no value at the beginning, or was given before it changed. */
    private static final Object SETTLED = new Object();

    private final Entries entries;
    private final ValueReader values;
    private final StoreView view;
    private final HandleCursor at = new HandleCursor();
    private final int[] next = new int[1];
    private final Map<Object, Object> images = new HashMap<>();
    private final Set<Object> promoted = new HashSet<>();
    private final ArrayDeque<ColdEntry> cold = new ArrayDeque<>();
    private final int sections;
    private int section;
    private Iterator<Map.Entry<Object, Object>> imagesLeft;

    StoreScan(Entries entries, ValueReader values, StoreView view) {
        this.entries = entries;
        this.values = values;
        this.view = view;
        this.sections = view.coldSections();
    }

    /**
     * Go on.
     *
     * @param atMost how many keys to give; a section of a cold store is read as a whole all the same
     * @param each is given key and value
     * @return false when every key has been given
     */
    public boolean next(int atMost, BiConsumer<Object, Object> each) {
        for (int given = 0; given < atMost; given++) {
            if (!giveResident(each) && !giveCold(each) && !giveImage(each)) {
                return false;
            }
        }
        return true;
    }

    private boolean giveResident(BiConsumer<Object, Object> each) {
        while (entries.next(at, next, 1) == 1) {
            Object key = entries.keyOf(next[0]);
            if (!images.containsKey(key) && !promoted.contains(key)) {
                each.accept(key, values.valueOf(next[0]));
                return true;
            }
        }
        return false;
    }

    private boolean giveCold(BiConsumer<Object, Object> each) {
        while (cold.isEmpty() && section < sections) {
            List<ColdEntry> read = new ArrayList<>();
            view.coldSection(section++, this, read);
            cold.addAll(read);
        }
        ColdEntry entry = cold.poll();
        if (entry != null) {
            each.accept(entry.key(), entry.value());
        }
        return entry != null;
    }

    private boolean giveImage(BiConsumer<Object, Object> each) {
        if (imagesLeft == null) {
            imagesLeft = new HashMap<>(images).entrySet().iterator();
        }
        while (imagesLeft.hasNext()) {
            Map.Entry<Object, Object> image = imagesLeft.next();
            if (image.getValue() != SETTLED) {
                each.accept(image.getKey(), image.getValue());
                return true;
            }
        }
        return false;
    }

    /** A batch that is kept has changed a key, which had that value before. */
    void changed(int handle, int oldTag, long oldWord) {
        Object key = entries.keyOf(handle);
        if (imagesLeft == null && !images.containsKey(key) && !promoted.contains(key)) {
            boolean isToCome = oldTag != Entry.NONE && !at.isBehind(handle);
            images.put(key, isToCome ? values.valueOf(oldTag, oldWord) : SETTLED);
        }
    }

    /** A key that was cold is resident now. */
    void promoted(Object key) {
        promoted.add(key);
    }

    boolean wasPromoted(Object key) {
        return promoted.contains(key);
    }

    /** Let the store forget this scan. Later calls do nothing. */
    @Override
    public void close() {
        view.forget(this);
    }
}
