package io.millrace.jmh.durable;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.concurrent.EpochNanoClock;

/**
 * When snapshots were under way, as the file system tells: from the making of the file with all keys until there is the manifest that names
 * it. Tells it some tens of µs late, and more where no core is free.
 */
final class SnapshotWatch implements AutoCloseable {
    private final EpochNanoClock clock;
    private final WatchService service;
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private volatile long beginNanos; // 0 while none is under way

    /** By the epoch, in nanoseconds. */
    record Span(long begin, long end) {
        double millis() {
            return (end - begin) / 1e6;
        }

        boolean touches(long from, long to) {
            return from <= end && to >= begin;
        }
    }

    /** Looks from now on; the run has begun, so that its folders are there. */
    SnapshotWatch(Path directory, EpochNanoClock clock) throws IOException {
        this.clock = clock;
        service = directory.getFileSystem().newWatchService();
        directory.resolve("state").register(service, StandardWatchEventKinds.ENTRY_CREATE);
        directory.resolve("meta").register(service, StandardWatchEventKinds.ENTRY_CREATE);
        Thread thread = new Thread(this::run, "snapshot-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = service.take();
                long now = clock.nanoTime();
                for (WatchEvent<?> event : key.pollEvents()) {
                    take(event.context().toString(), now);
                }
                key.reset();
            }
        } catch (ClosedWatchServiceException | InterruptedException over) {
            return;
        }
    }

    private void take(String name, long now) {
        if (name.startsWith("full-") && name.endsWith(".tmp")) {
            beginNanos = now;
        } else if (name.startsWith("manifest-") && !name.endsWith(".tmp") && beginNanos != 0) {
            spans.add(new Span(beginNanos, now));
            beginNanos = 0;
        }
    }

    /** Those that are over, in order. */
    List<Span> spans() {
        return List.copyOf(spans);
    }

    boolean isUnderWay() {
        return beginNanos != 0;
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
