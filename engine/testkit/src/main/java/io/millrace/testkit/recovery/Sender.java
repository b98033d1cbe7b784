package io.millrace.testkit.recovery;

import io.millrace.api.MillraceException;
import io.millrace.api.receiver.Receiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Sends records, and those again of which it sees that they are in no batch: as the sender of a socket does that resends by position.
 * What it was told is kept it never sends again. Files are put down once.
 */
final class Sender {
    /** What the program says to records. */
    enum Answer {
        REFUSED,
        /** It has them. */
        TAKEN,
        /** It has them, whatever comes. */
        KEPT
    }

    /** Where a program takes records. */
    @FunctionalInterface
    interface Door {
        Answer take(List<String> records) throws Exception;
    }

    private final Feed feed;
    private final Path folder;
    private final int keys;
    private final TreeMap<Integer, Row.Parcel> sent = new TreeMap<>();
    private final Set<Integer> taken = new HashSet<>();
    private final Set<Integer> kept = new HashSet<>();
    private Door door;
    private Receiver<String> receiver;
    private long safe = -1;
    private final List<String> complaints = new ArrayList<>();

    /** @param folder where files are put; null if records are pushed */
    Sender(RandomGenerator random, Feed feed, Path folder) {
        this.feed = feed;
        this.folder = folder;
        this.keys = 1 + random.nextInt(random.nextBoolean() ? 5 : 60);
    }

    /** The process that is spoken to is another one now; what the last one had taken it may have forgotten. */
    void connect(Door newDoor) {
        door = newDoor;
        taken.clear();
    }

    /** A receiver begins, of this process or one that follows: it is sent what it does not have. */
    void open(Receiver<String> next) {
        receiver = next;
        if (next.lastPosition() < safe) {
            complaints.add("asked to go on behind " + next.lastPosition() + ", and " + safe + " was acknowledged");
        }
        store(next.lastPosition() + 1);
    }

    /** The sender may forget what it sent up to a position; this one never forgets, and complains if it is asked for it. */
    void acknowledged(long position, long last) {
        if (position > last) {
            complaints.add(position + " was acknowledged, and " + last + " is the last that was stored");
        }
        for (long id = safe + 1; id <= position; id++) {
            kept.add((int) id);
        }
        safe = Math.max(safe, position);
    }

    /** What a receiver did wrong so far. */
    List<String> complaints() {
        return complaints;
    }

    private void store(long from) {
        try {
            for (Row.Parcel parcel : sent.tailMap((int) from, true).values()) {
                receiver.store(parcel.text(), parcel.id());
            }
        } catch (MillraceException over) {
            // The process takes no more; the next one says where to go on.
        }
    }

    /** The records with these ids. */
    Row.Parcel parcel(int id) {
        return sent.get(id);
    }

    Set<Integer> ids() {
        return sent.keySet();
    }

    /** Those that the program has promised to keep. */
    Set<Integer> kept() {
        return Set.copyOf(kept);
    }

    /** The engine is at rest behind a batch: what is logged is forced. */
    void atRest() {
        if (feed == Feed.LOGGED) {
            kept.addAll(taken);
        }
    }

    /**
     * Send some.
     *
     * @param fresh how many new ones
     * @param known the ids that are in the program, or null if nobody knows yet
     */
    void send(RandomGenerator random, int fresh, Set<Integer> known, long nowMs) throws Exception {
        List<Row.Parcel> parcels = new ArrayList<>();
        for (int i = 0; i < fresh; i++) {
            Row.Parcel parcel = new Row.Parcel(sent.size(), rows(random));
            sent.put(parcel.id(), parcel);
            parcels.add(parcel);
        }
        if (folder != null) {
            for (Row.Parcel parcel : parcels) {
                put(random, parcel, nowMs);
            }
            return;
        }
        if (feed.isNumbered()) {
            int twice = random.nextInt(4) == 0 ? random.nextInt(5) : 0;
            store(Math.max(0, receiver.lastPosition() + 1 - twice));
            return;
        }
        if (known != null) {
            sent.values().stream()
                    .filter(parcel -> !known.contains(parcel.id())
                            && !taken.contains(parcel.id())
                            && !kept.contains(parcel.id())
                            && !parcels.contains(parcel))
                    .forEach(parcels::add);
        }
        if (feed == Feed.STORED) {
            give(parcels);
        } else {
            for (Row.Parcel parcel : parcels) {
                give(List.of(parcel));
            }
        }
    }

    private void give(List<Row.Parcel> parcels) throws Exception {
        if (parcels.isEmpty()) {
            return;
        }
        List<Integer> ids = parcels.stream().map(Row.Parcel::id).toList();
        taken.addAll(ids); // also by a process that ends now, or a store that fails: they may be there
        Answer answer = door.take(parcels.stream().map(Row.Parcel::text).toList());
        if (answer == Answer.REFUSED && feed != Feed.STORED) {
            ids.forEach(taken::remove);
        } else if (answer == Answer.KEPT) {
            kept.addAll(ids);
        }
    }

    private List<Row> rows(RandomGenerator random) {
        List<Row> rows = new ArrayList<>();
        int first = random.nextInt(keys); // keys come and go
        for (int count = random.nextInt(3) == 0 ? 0 : random.nextInt(12); count > 0; count--) {
            rows.add(new Row(first + random.nextInt(1 + keys / 2), random.nextInt(100)));
        }
        return rows;
    }

    /** A file, whole at once; some say that they are old. */
    private void put(RandomGenerator random, Row.Parcel parcel, long nowMs) throws IOException {
        Path writing = folder.resolveSibling(folder.getFileName() + ".writing");
        Files.writeString(writing, parcel.text() + "\n");
        Files.setLastModifiedTime(
                writing,
                FileTime.fromMillis(random.nextInt(4) == 0 ? Math.max(0, nowMs - random.nextInt(2000)) : nowMs));
        Files.move(writing, folder.resolve("f" + parcel.id()), StandardCopyOption.ATOMIC_MOVE);
    }
}
