package io.millrace.engine.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.offheap.state.ColdStore;
import io.millrace.offheap.state.ColdStoreProvider;
import io.millrace.offheap.state.ColdStoreSpec;
import io.millrace.offheap.state.MemoryColdStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColdFilesTest {
    private static final long MAX_BYTES = 1 << 20;

    private final Provider provider = new Provider();
    private final List<Runnable> background = new ArrayList<>();
    private final ThreadFactory heldBack = work -> {
        background.add(work);
        return new Thread(() -> {});
    };

    @TempDir
    private Path parent;

    private ColdFiles files(ThreadFactory threads) {
        return new ColdFiles(provider, parent.resolve("state").toString(), MAX_BYTES, threads);
    }

    private long directories() throws IOException {
        Path state = parent.resolve("state");
        if (Files.notExists(state)) {
            return 0;
        }
        try (Stream<Path> children = Files.list(state)) {
            return children.count();
        }
    }

    @Test
    void theDirectoryIsMadeForTheFirstStoreAndGoneAtTheEnd() throws IOException {
        ColdFiles files = files(null);
        assertEquals(0, directories());
        files.open(0);
        files.open(Long.BYTES);
        assertEquals(1, directories());
        files.close();
        assertEquals(0, directories());
    }

    @Test
    void eachStoreHasANameOfItsOwnAndTheBoundOfAll() {
        try (ColdFiles files = files(null)) {
            files.open(0);
            files.open(Long.BYTES);
        }
        Path directory = provider.opened.get(0).directory();
        assertEquals(
                List.of(
                        new ColdStoreSpec(directory, "state-0", 0, MAX_BYTES),
                        new ColdStoreSpec(directory, "state-1", Long.BYTES, MAX_BYTES)),
                provider.opened);
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamedWithTheSettingThatNamesAnother() throws IOException {
        Files.createFile(parent.resolve("state"));
        try (ColdFiles files = files(null)) {
            String refusal = assertThrows(UncheckedIOException.class, () -> files.open(0))
                    .getMessage();
            assertTrue(refusal.contains("'" + parent.resolve("state") + "'"), refusal);
            assertTrue(refusal.contains("millrace.state.directory"), refusal);
        }
    }

    @Test
    void theWarmUpIsBegunOnceAndPaidInTheBackground() {
        try (ColdFiles files = files(heldBack)) {
            files.warmUp();
            files.warmUp();
            assertEquals(1, background.size());
            assertFalse(files.isWarm());
            background.get(0).run();
            assertTrue(files.isWarm());
            assertEquals(1, provider.warmUps);
        }
    }

    @Test
    void withoutThreadsTheWarmUpIsPaidWhereItIsAskedFor() {
        try (ColdFiles files = files(null)) {
            assertFalse(files.isWarm());
            files.warmUp();
            assertTrue(files.isWarm());
        }
    }

    @Test
    void storesAreOpenedEvenIfTheWarmUpFailed() {
        provider.failure = new NoClassDefFoundError("a class of the library's");
        try (ColdFiles files = files(null)) {
            files.warmUp();
            assertTrue(files.isWarm());
            files.open(0);
            assertEquals(1, provider.opened.size());
        }
    }

    private static final class Provider implements ColdStoreProvider {
        private final List<ColdStoreSpec> opened = new ArrayList<>();
        private int warmUps;
        private LinkageError failure;

        @Override
        public List<String> missingFlags() {
            return List.of();
        }

        @Override
        public void warmUp() {
            warmUps++;
            if (failure != null) {
                throw failure;
            }
        }

        @Override
        public ColdStore open(ColdStoreSpec spec) {
            opened.add(spec);
            return new MemoryColdStore(spec.keyBytes(), Long.MAX_VALUE);
        }
    }
}
