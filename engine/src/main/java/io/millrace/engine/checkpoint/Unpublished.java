package io.millrace.engine.checkpoint;

import io.millrace.engine.save.Publication;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * What outputs have written and nobody sees yet, until the COMMIT of its batch is durable. What cannot be published then is told once, and tried
 * again with each later batch and each later run. Owner: the job thread.
 */
final class Unpublished {
    private final List<Staged> all = new ArrayList<>();
    private final Consumer<Throwable> errors;

    private static final class Staged {
        final long timeMs;
        final Publication publication;
        boolean isTold;

        Staged(long timeMs, Publication publication) {
            this.timeMs = timeMs;
            this.publication = publication;
        }
    }

    /** Takes note that all of a batch is published. */
    @FunctionalInterface
    interface Log {
        void published(long timeMs) throws IOException;
    }

    Unpublished(Consumer<Throwable> errors) {
        this.errors = errors;
    }

    void add(long timeMs, Publication publication) {
        all.add(new Staged(timeMs, publication));
    }

    /** Publish what batches up to a time have written. */
    void publish(long upToMs, Log log) throws IOException {
        Iterator<Staged> each = all.iterator();
        while (each.hasNext()) {
            Staged next = each.next();
            if (next.timeMs <= upToMs && publish(next)) {
                each.remove();
                if (all.stream().noneMatch(other -> other.timeMs == next.timeMs)) {
                    log.published(next.timeMs);
                }
            }
        }
    }

    private boolean publish(Staged staged) {
        try {
            staged.publication.publish();
            return true;
        } catch (RuntimeException failed) {
            if (!staged.isTold) {
                staged.isTold = true;
                errors.accept(failed);
            }
            return false;
        }
    }

    /** Takes what is there. */
    @FunctionalInterface
    interface Reader {
        void take(long timeMs, Publication publication) throws IOException;
    }

    void forEach(Reader reader) throws IOException {
        for (Staged staged : all) {
            reader.take(staged.timeMs, staged.publication);
        }
    }
}
