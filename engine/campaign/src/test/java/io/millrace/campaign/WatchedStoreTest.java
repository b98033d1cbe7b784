package io.millrace.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.checkpoint.file.DiskFileStore;
import io.millrace.checkpoint.file.DiskFullException;
import io.millrace.checkpoint.file.StoreFile;
import io.millrace.checkpoint.simulation.SimulatedCrash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults come where they are wanted, and nowhere else. */
class WatchedStoreTest {
    @TempDir
    private Path folder;

    private WatchedStore store(Watch watch) throws IOException {
        return new WatchedStore(new DiskFileStore(folder), watch);
    }

    private static void write(WatchedStore store, String name, int bytes) throws IOException {
        try (StoreFile file = store.create(name)) {
            file.write(0, ByteBuffer.allocate(bytes));
            file.force(true);
        }
    }

    @Test
    void everyPointHasItsNameAndItsNumber() {
        for (int index = 0; index < Point.COUNT; index++) {
            Point point = Point.at(index);
            assertEquals(index, point.index());
            assertEquals(point, Point.of(point.toString()));
        }
    }

    @Test
    void aProcessThatIsToEndInMidWriteHasWrittenHalf() throws IOException {
        Point armed = Point.of("open.owner.write.mid");
        PointCounts counts = PointCounts.inMemory();
        ArmedWatch watch = new ArmedWatch(counts, armed, 2, point -> {
            throw new SimulatedCrash(point.toString());
        });
        WatchedStore store = store(watch);
        write(store, "OWNER", 10);
        assertEquals(10, Files.size(folder.resolve("OWNER")));
        SimulatedCrash crash = assertThrows(SimulatedCrash.class, () -> write(store, "OWNER.tmp", 10));
        assertEquals("open.owner.write.mid", crash.getMessage());
        assertEquals(5, Files.size(folder.resolve("OWNER.tmp")));
        assertEquals(2, counts.get(armed));
        assertTrue(watch.hasFired());
    }

    @Test
    void aDiskThatIsFullInMidWriteHasTakenAFewBytes() throws IOException {
        WatchedStore store = store(new Failing(2, Failing.Fault.NO_SPACE_IN_WRITE, false));
        assertThrows(DiskFullException.class, () -> write(store, "OWNER", 10));
        assertEquals(3, Files.size(folder.resolve("OWNER")));
        write(store, "FORMAT", 10);
    }

    @Test
    void nothingReachesTheDiskAfterTheEndOfAProcess() throws IOException {
        WatchedStore store = store(Watch.NONE);
        StoreFile file = store.create("OWNER");
        store.end();
        assertThrows(IOException.class, () -> file.write(0, ByteBuffer.allocate(1)));
        store.release();
        assertEquals(0, Files.size(folder.resolve("OWNER")));
    }

    @Test
    void thePointThatWasArmedLeastOftenComesNext() {
        FailPoints points = new FailPoints();
        SplittableRandom random = new SplittableRandom(1);
        Point first = points.next(random, Topology.STATE, true, true);
        Point second = points.next(random, Topology.STATE, true, true);
        assertTrue(!first.equals(second) && first.isOpening() && second.isOpening(), first + " and " + second);
    }
}
