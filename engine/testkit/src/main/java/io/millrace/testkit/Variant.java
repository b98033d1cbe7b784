package io.millrace.testkit;

import io.millrace.api.MillraceConf;
import io.millrace.conf.Drive;
import io.millrace.conf.Lanes;
import io.millrace.conf.Settings;
import io.millrace.conf.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One way of playing a story. The results may not depend on it.
 *
 * @param workers core workers; with 0 the caller does everything
 * @param rowPerBlock whether each record comes in a block of its own, or a batch in one
 */
record Variant(int workers, boolean rowPerBlock, Lanes lanes, Feed feed) {
    /** By which door records come in. */
    enum Feed {
        /** One by one into a ring, text as bytes. */
        PUSHED("pushStream"),
        /** As datasets of objects. */
        QUEUED("queueStream");

        private final String door;

        Feed(String door) {
            this.door = door;
        }
    }

    private static final int MAX_WORKERS = 2;

    static List<Variant> all() {
        List<Variant> all = new ArrayList<>();
        for (int workers = 0; workers <= MAX_WORKERS; workers++) {
            for (Feed feed : Feed.values()) {
                for (Lanes lanes : Lanes.values()) {
                    all.add(new Variant(workers, false, lanes, feed));
                    all.add(new Variant(workers, true, lanes, feed));
                }
            }
        }
        return all;
    }

    /** The settings that make it so: driven by the caller, nothing inline, one partition more than there are workers. */
    MillraceConf conf(long batchMs) {
        return new MillraceConf(false)
                .setAppName("scenario")
                .setMaster("local[" + workers + "]")
                .set(Settings.DRIVE.key(), text(Drive.CALLER))
                .set(Settings.LANES.key(), text(lanes))
                .set(Settings.INLINE_ROWS.key(), "0")
                .set(
                        Settings.STATE_STORE.key(),
                        text(StateStore.RESIDENT)) // a test's JVM may lack what the other one needs
                .set(Settings.ALLOW_MULTIPLE_CONTEXTS.key(), "true") // tests of a program may run side by side
                .set(Settings.DEFAULT_PARALLELISM.key(), String.valueOf(workers + 1))
                .set(Settings.BLOCK_INTERVAL.key(), (rowPerBlock ? 1 : batchMs) + "ms");
    }

    private static String text(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return workers + (workers == 1 ? " worker, " : " workers, ")
                + (rowPerBlock ? "one row per block, " : "all rows in one block, ")
                + text(lanes) + " lanes, " + feed.door;
    }
}
