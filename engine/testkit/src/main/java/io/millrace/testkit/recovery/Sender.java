package io.millrace.testkit.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Sends records, and those again of which it sees that they are in no batch: as the sender of a socket does that resends by position.
 * Files are put down once.
 */
final class Sender {
    private final RandomGenerator random;
    private final Path folder;
    private final int keys;
    private final Map<Integer, Row.Parcel> sent = new TreeMap<>();
    private final Set<Integer> offered = new HashSet<>();
    private Predicate<String> port;

    /** @param folder where files are put; null if records are pushed */
    Sender(RandomGenerator random, Path folder) {
        this.random = random;
        this.folder = folder;
        this.keys = 1 + random.nextInt(random.nextBoolean() ? 5 : 60);
    }

    /** The process that is spoken to is another one now; what the last one was told it may have forgotten. */
    void connect(Predicate<String> newPort) {
        port = newPort;
        offered.clear();
    }

    /** The records with these ids. */
    Row.Parcel parcel(int id) {
        return sent.get(id);
    }

    Set<Integer> ids() {
        return sent.keySet();
    }

    /**
     * Send some.
     *
     * @param fresh how many new ones
     * @param known the ids that are in the program, or null if nobody knows yet
     */
    void send(int fresh, Set<Integer> known, long nowMs) throws IOException {
        List<Row.Parcel> parcels = new ArrayList<>();
        for (int i = 0; i < fresh; i++) {
            Row.Parcel parcel = new Row.Parcel(sent.size(), rows());
            sent.put(parcel.id(), parcel);
            parcels.add(parcel);
        }
        if (folder != null) {
            for (Row.Parcel parcel : parcels) {
                put(parcel, nowMs);
            }
            return;
        }
        if (known != null) {
            sent.values().stream()
                    .filter(parcel ->
                            !known.contains(parcel.id()) && !offered.contains(parcel.id()) && !parcels.contains(parcel))
                    .forEach(parcels::add);
        }
        for (Row.Parcel parcel : parcels) {
            if (port.test(parcel.text())) {
                offered.add(parcel.id());
            }
        }
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        int first = random.nextInt(keys); // keys come and go
        for (int count = random.nextInt(3) == 0 ? 0 : random.nextInt(12); count > 0; count--) {
            rows.add(new Row(first + random.nextInt(1 + keys / 2), random.nextInt(100)));
        }
        return rows;
    }

    /** A file, whole at once; some say that they are old. */
    private void put(Row.Parcel parcel, long nowMs) throws IOException {
        Path writing = folder.resolveSibling(folder.getFileName() + ".writing");
        Files.writeString(writing, parcel.text() + "\n");
        Files.setLastModifiedTime(
                writing,
                FileTime.fromMillis(random.nextInt(4) == 0 ? Math.max(0, nowMs - random.nextInt(2000)) : nowMs));
        Files.move(writing, folder.resolve("f" + parcel.id()), StandardCopyOption.ATOMIC_MOVE);
    }
}
