package io.millrace.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.CheckpointException;
import io.millrace.checkpoint.file.DirectoryConfig;
import io.millrace.checkpoint.file.DirectoryPorts;
import io.millrace.checkpoint.file.Durability;
import io.millrace.checkpoint.file.FileKind;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.checkpoint.journal.ForceTask;
import io.millrace.checkpoint.journal.Journal;
import io.millrace.checkpoint.journal.JournalConfig;
import io.millrace.checkpoint.journal.JournalFailedException;
import io.millrace.checkpoint.journal.JournalPosition;
import io.millrace.checkpoint.snapshot.Manifest;
import io.millrace.checkpoint.snapshot.Manifests;
import io.millrace.checkpoint.snapshot.Retention;
import io.millrace.checkpoint.snapshot.SealedFile;
import io.millrace.checkpoint.snapshot.SealedFileRef;
import io.millrace.checkpoint.snapshot.SealedFileWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A program that keeps a list of payloads: in a journal, and from time to time all of them in a sealed file that a manifest refers
 * to. The story remembers across crashes what was appended and what was acknowledged, and is the judge of what is recovered.
 */
final class Story {

    private final JournalConfig journalConfig;
    private final long seed;
    private int opened;
    final List<byte[]> appended = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    int acknowledged;

    Story(long seed, JournalConfig journalConfig) {
        this.seed = seed;
        this.journalConfig = journalConfig;
    }

    /** One process: what it has open. */
    static final class Session implements AutoCloseable {
        final CheckpointDirectory directory;
        Manifests manifests;
        Journal journal;
        Retention retention;
        Set<String> currentFiles = Set.of();
        ForceTask task;
        int reached;

        Session(CheckpointDirectory directory) {
            this.directory = directory;
        }

        @Override
        public void close() throws IOException {
            try {
                if (journal != null) {
                    journal.close();
                }
            } finally {
                directory.close();
            }
        }
    }

    /** How its directories are kept. */
    DirectoryConfig directoryConfig = FSYNC;

    static final DirectoryConfig FSYNC = new DirectoryConfig(Durability.FSYNC, 1024);
    static final DirectoryConfig PROCESS = new DirectoryConfig(Durability.PROCESS, 1024);

    static CheckpointDirectory directory(FileStore store, long seed, List<String> warnings) throws IOException {
        return directory(store, FSYNC, seed, warnings);
    }

    private static CheckpointDirectory directory(
            FileStore store, DirectoryConfig config, long seed, List<String> warnings) throws IOException {
        return CheckpointDirectory.open(
                store,
                config,
                new DirectoryPorts(new SplittableRandom(seed), () -> 1_000_000 + seed, 4242, warnings::add));
    }

    /** Start, and judge what is there. */
    Session open(FileStore store) throws IOException {
        Session session = new Session(directory(store, directoryConfig, seed * 1000 + opened++, warnings));
        boolean isOpen = false;
        try {
            List<byte[]> recovered = recover(session);
            judge(recovered);
            appended.clear();
            appended.addAll(recovered);
            acknowledged = recovered.size();
            isOpen = true;
            return session;
        } finally {
            if (!isOpen) {
                session.close();
            }
        }
    }

    private List<byte[]> recover(Session session) throws IOException {
        session.manifests = new Manifests(session.directory);
        List<byte[]> recovered = new ArrayList<>();
        JournalPosition start = JournalPosition.BEGINNING;
        Manifest manifest = session.manifests.readNewest().orElse(null);
        if (manifest != null) {
            start = manifest.journalStart(journalConfig.folder());
            for (SealedFileRef ref : manifest.files().getOrDefault("list", List.of())) {
                try (SealedFile file = SealedFile.open(
                        session.directory.store(), session.directory.directoryId(), FileKind.STATE, ref, true)) {
                    file.forEach((type, version, payload) -> recovered.add(copy(payload)));
                }
            }
            assertEquals(manifest.properties().get("count"), Integer.toString(recovered.size()));
            session.currentFiles = manifest.fileNames();
        }
        session.journal = Journal.open(session.directory, journalConfig, start, (type, version, position, payload) -> {
            assertEquals(7, type);
            recovered.add(copy(payload));
        });
        session.retention = new Retention(session.directory, session.manifests, "state");
        session.retention.sweep(List.of());
        return recovered;
    }

    private void judge(List<byte[]> recovered) {
        assertTrue(
                recovered.size() >= acknowledged,
                () -> recovered.size() + " recovered, " + acknowledged + " were acknowledged");
        assertTrue(
                recovered.size() <= appended.size(),
                () -> recovered.size() + " recovered, " + appended.size() + " were appended");
        for (int i = 0; i < recovered.size(); i++) {
            int index = i;
            assertArrayEquals(appended.get(i), recovered.get(i), () -> "payload " + index);
        }
    }

    void append(Session session, RandomGenerator random) throws IOException {
        byte[] payload = new byte[random.nextInt(300)];
        random.nextBytes(payload);
        appended.add(payload);
        // After a failure that ends the journal the frame may or may not be there; any other leaves it out.
        try {
            session.journal.append(7, 1, new UnsafeBuffer(payload), 0, payload.length);
        } catch (JournalFailedException e) {
            throw e;
        } catch (CheckpointException e) {
            appended.remove(appended.size() - 1);
            throw e;
        }
    }

    void force(Session session) throws IOException {
        session.directory.requireOwner();
        int count = appended.size();
        session.journal.force();
        acknowledged = count;
    }

    /** A force in two parts; between them it may be run or not. */
    void beginForce(Session session) throws IOException {
        session.directory.requireOwner();
        int count = appended.size();
        session.task = session.journal.beginForce();
        session.reached = count;
        if (session.task == null) {
            acknowledged = count;
        }
    }

    void endForce(Session session) throws IOException {
        if (session.task == null) {
            return; // All was durable, or a beginning that failed.
        }
        session.journal.endForce(session.task);
        session.task = null;
        acknowledged = Math.max(acknowledged, session.reached);
    }

    void roll(Session session) throws IOException {
        int count = appended.size();
        session.journal.roll();
        acknowledged = count;
    }

    void manifest(Session session) throws IOException {
        force(session);
        session.journal.forceToDisk();
        JournalPosition start = session.journal.durablePosition();
        long number = session.manifests.retained().stream()
                        .mapToLong(Manifest::generation)
                        .max()
                        .orElse(0)
                + 1;
        String name = "state/0/full-" + String.format("%016x", number) + "-" + session.directory.ownerEpoch() + ".mrs";
        SealedFileRef ref;
        try (SealedFileWriter writer = SealedFileWriter.create(session.directory, FileKind.STATE, name, number, 0)) {
            for (byte[] payload : appended) {
                writer.append(3, 1, new UnsafeBuffer(payload), 0, payload.length);
            }
            ref = writer.seal();
        }
        session.manifests.write(Manifest.builder()
                .journal(journalConfig.folder(), start)
                .file("list", ref)
                .property("count", Integer.toString(appended.size()))
                .section("plan", new byte[] {1, 2, 3})
                .build());
        Set<String> old = session.currentFiles;
        session.currentFiles = Set.of(name);
        session.retention.afterManifest(old, Map.of(journalConfig.folder(), session.journal));
    }

    /** What a process does next. */
    @FunctionalInterface
    interface Step {
        void run(Story story, Session session, RandomGenerator random) throws IOException;
    }

    /** Takes the steps of a scenario: as they are, unless a test has another way with what fails. */
    @FunctionalInterface
    interface Taker {
        void take(Session session, RandomGenerator random, Step step) throws IOException;
    }

    Taker taker = (session, random, step) -> step.run(this, session, random);

    private static final Step APPEND = Story::append;
    private static final Step FORCE = (story, session, random) -> story.force(session);
    private static final Step ROLL = (story, session, random) -> story.roll(session);
    private static final Step MANIFEST = (story, session, random) -> story.manifest(session);
    private static final Step PREPARE = (story, session, random) -> session.journal.prepareNext();
    private static final Step BEGIN_FORCE = (story, session, random) -> story.beginForce(session);
    private static final Step END_FORCE = (story, session, random) -> story.endForce(session);
    private static final Step RUN_FORCE = (story, session, random) -> {
        if (session.task != null) {
            session.task.run();
        }
    };
    static final Step CLOSE = (story, session, random) -> {
        session.close();
        story.acknowledged = story.appended.size();
    };

    private void play(FileStore store, Step... steps) throws IOException {
        RandomGenerator random = new SplittableRandom(seed);
        Session session = open(store);
        for (Step step : steps) {
            taker.take(session, random, step);
        }
        taker.take(session, random, CLOSE);
    }

    /** The small scenario that is crashed at every operation. */
    void scenario(FileStore store) throws IOException {
        play(
                store, APPEND, FORCE, APPEND, APPEND, PREPARE, FORCE, APPEND, ROLL, APPEND, MANIFEST, APPEND, FORCE,
                APPEND, MANIFEST, APPEND, APPEND, APPEND, APPEND, APPEND, APPEND, APPEND, APPEND, APPEND, APPEND,
                APPEND, APPEND, MANIFEST, APPEND, FORCE, MANIFEST, APPEND, FORCE, APPEND);
    }

    /** The scenario of forces in two parts, each with frames appended meanwhile, and each ended by something else. */
    void overlappingScenario(FileStore store) throws IOException {
        play(
                store,
                APPEND,
                BEGIN_FORCE,
                APPEND,
                APPEND,
                RUN_FORCE,
                APPEND,
                END_FORCE,
                BEGIN_FORCE,
                APPEND,
                END_FORCE,
                BEGIN_FORCE,
                APPEND,
                FORCE,
                APPEND,
                END_FORCE,
                BEGIN_FORCE,
                APPEND,
                APPEND,
                APPEND,
                APPEND,
                APPEND,
                APPEND,
                APPEND,
                APPEND,
                APPEND,
                APPEND,
                APPEND,
                APPEND,
                END_FORCE,
                BEGIN_FORCE,
                APPEND,
                ROLL,
                END_FORCE,
                APPEND,
                BEGIN_FORCE,
                MANIFEST,
                APPEND,
                END_FORCE,
                PREPARE,
                BEGIN_FORCE,
                APPEND);
    }

    /** As many random steps as asked for. */
    void steps(Session session, RandomGenerator random, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            switch (random.nextInt(14)) {
                case 0, 1, 2, 3, 4 -> append(session, random);
                case 5, 6 -> force(session);
                case 7 -> session.journal.prepareNext();
                case 8 -> roll(session);
                case 9, 10, 11, 12 -> overlap(session, random);
                default -> manifest(session);
            }
        }
    }

    private void overlap(Session session, RandomGenerator random) throws IOException {
        if (session.task == null) {
            beginForce(session);
        } else if (random.nextBoolean()) {
            session.task.run();
        } else {
            endForce(session);
        }
    }

    private static byte[] copy(DirectBuffer payload) {
        byte[] bytes = new byte[payload.capacity()];
        payload.getBytes(0, bytes);
        return bytes;
    }
}
