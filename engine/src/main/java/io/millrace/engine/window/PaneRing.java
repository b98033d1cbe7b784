package io.millrace.engine.window;

import io.millrace.offheap.pane.Pane;
import java.util.ArrayList;
import java.util.List;

/**
 * The panes of a window, by their numbers; a pane without rows is null. What is put, replaced or taken out can be undone until the next
 * commit; panes that are no longer needed are closed then. Owner: one thread.
 */
final class PaneRing implements AutoCloseable {
    private final Pane[] panes;
    private final List<Change> changes = new ArrayList<>();

    /** Place {@code at} held {@code before}, and holds {@code after}. */
    private record Change(int at, Pane before, Pane after) {}

    PaneRing(int size) {
        panes = new Pane[size];
    }

    Pane get(long number) {
        return panes[at(number)];
    }

    /** Put a pane, which is the ring's now; null takes out the one that is there. */
    void set(long number, Pane pane) {
        int at = at(number);
        if (panes[at] != pane) {
            changes.add(new Change(at, panes[at], pane));
            panes[at] = pane;
        }
    }

    private int at(long number) {
        return (int) (number % panes.length);
    }

    void commit() {
        for (Change change : changes) {
            close(change.before(), change);
        }
        changes.clear();
    }

    void rollback() {
        for (int i = changes.size() - 1; i >= 0; i--) {
            Change change = changes.get(i);
            panes[change.at()] = change.before();
            close(change.after(), change);
        }
        changes.clear();
    }

    private static void close(Pane pane, Change change) {
        if (pane != null && change.before() != change.after()) {
            pane.close();
        }
    }

    /** Hold all values as objects from now on, those that may come back as well. */
    void turn() {
        for (Pane pane : panes) {
            turn(pane);
        }
        for (Change change : changes) {
            turn(change.before());
            turn(change.after());
        }
    }

    private static void turn(Pane pane) {
        if (pane != null) {
            pane.turn();
        }
    }

    @Override
    public void close() {
        rollback();
        for (int at = 0; at < panes.length; at++) {
            if (panes[at] != null) {
                panes[at].close();
                panes[at] = null;
            }
        }
    }
}
