package io.millrace.campaign;

import io.millrace.checkpoint.file.DiskFileStore;
import io.millrace.checkpoint.simulation.SimulatedCrash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Cuts the power of a real file system again and again, between batches and at each {@link Point}, also while the engine recovers; then the
 * file system is mounted anew, and what was given before and after must fit. The engines live in this JVM, one after the other; nothing
 * of theirs reaches the disk after a cut.
 *
 * <p>{@code --seconds N [--seed S] [--report FOLDER]}, with the property {@code millrace.powercut.disk}: where {@code scripts/powercut-disk} is.
 * Each game is a seed; ext4, and with odd seeds XFS where it can be made.
 */
public final class PowercutCampaign {
    private static final int MOST_LIVES = 12;
    private static final int MOST_BATCHES = 14;

    private final Campaign campaign;
    private final Map<String, PowercutDisk> disks;
    private final Map<String, Integer> cutAt = new TreeMap<>();
    private final PointCounts reached = PointCounts.inMemory();
    private final Map<String, Integer> cuts = new TreeMap<>();
    private long games;
    private long batches;

    private PowercutCampaign(Campaign campaign, Map<String, PowercutDisk> disks) {
        this.campaign = campaign;
        this.disks = disks;
    }

    /** Exit status 1 if something was lost, doubled or wrong; {@value Campaign#SKIPPED} if this machine has no such disk. */
    public static void main(String[] arguments) throws Exception {
        Campaign campaign = new Campaign("powercut", arguments);
        Path folder = Files.createTempDirectory("millrace-powercut");
        Map<String, PowercutDisk> disks = new LinkedHashMap<>();
        try {
            mount("ext4", folder, disks);
            mount("xfs", folder, disks);
            PowercutCampaign powercut = new PowercutCampaign(campaign, disks);
            while (!disks.isEmpty() && !campaign.isOver()) {
                powercut.play(campaign.nextSeed(), folder.resolve("game"));
            }
            for (PowercutDisk disk : disks.values()) {
                disk.close();
            }
            Campaign.remove(folder);
            if (disks.isEmpty()) {
                Campaign.skip("powercut", "no cut was made");
            }
            powercut.end();
        } finally {
            for (PowercutDisk disk : disks.values()) {
                disk.close();
            }
        }
    }

    private static void mount(String fileSystem, Path folder, Map<String, PowercutDisk> disks) throws IOException {
        Path own = Files.createDirectories(folder.resolve(fileSystem));
        try {
            disks.put(
                    fileSystem,
                    PowercutDisk.mount(Path.of(System.getProperty("millrace.powercut.disk")), fileSystem, own));
        } catch (IOException cannot) {
            System.out.println("SKIPPED: powercut on " + fileSystem + ": " + cannot.getMessage()
                    + "; it wants root, loop devices, mkfs." + fileSystem + " and python3");
        }
    }

    private void end() throws IOException {
        Map<String, Object> counts = new TreeMap<>();
        counts.put("games", games);
        counts.put("cuts", cuts.values().stream().mapToInt(Integer::intValue).sum());
        counts.put("cutsOn", cuts);
        counts.put("batches", batches);
        counts.put("cutAt", cutAt);
        counts.put("reached", FailPoints.reached(reached));
        counts.put("pointsCutAt", cutAt.size());
        campaign.end(counts);
    }

    private void play(long seed, Path folder) throws IOException {
        String fileSystem = disks.size() > 1 && seed % 2 == 1 || !disks.containsKey("ext4") ? "xfs" : "ext4";
        PowercutDisk disk = disks.get(fileSystem);
        SplittableRandom random = new SplittableRandom(seed);
        SteppedGame game = new SteppedGame(
                random, Topology.withoutDatabase(seed / 2), folder, disk.path().resolve(KilledProgram.SAVED));
        String story = "";
        try {
            for (int lives = 1 + random.nextInt(MOST_LIVES); lives > 0; lives--) {
                story += live(game, disk, random, lives);
                cuts.merge(fileSystem, 1, Integer::sum);
            }
            for (String failure : game.calm(new DiskFileStore(checkpoint(disk)))) {
                campaign.fail(seed, fileSystem + ", " + game + story + ": " + failure);
            }
        } catch (Exception | AssertionError wrong) {
            campaign.fail(seed, fileSystem + ", " + game + story + ": " + wrong);
        }
        games++;
        batches += game.results().batches();
        Campaign.remove(folder);
        Campaign.remove(checkpoint(disk));
        Campaign.remove(disk.path().resolve(KilledProgram.SAVED));
    }

    private static Path checkpoint(PowercutDisk disk) {
        return disk.path().resolve(KilledProgram.CHECKPOINT);
    }

    /** @return what happened */
    private String live(SteppedGame game, PowercutDisk disk, SplittableRandom random, int lives) throws IOException {
        boolean isFirst = !Files.exists(checkpoint(disk).resolve("FORMAT"));
        boolean isOpening = random.nextInt(3) == 0;
        // A deck of its own, so that a seed's game is always the same.
        Point point = random.nextInt(4) == 0
                ? null
                : new FailPoints().next(random, game.topology(), isFirst && isOpening, isOpening);
        long occurrence = point == null ? 1 : FailPoints.occurrence(random, point);
        ArmedWatch watch = new ArmedWatch(reached, point, occurrence, there -> {
            disk.cut();
            throw new SimulatedCrash("at " + there);
        });
        WatchedStore store = new WatchedStore(new DiskFileStore(checkpoint(disk)), watch);
        SteppedGame.Lived lived = game.live(store, watch, 1 + random.nextInt(MOST_BATCHES), () -> cut(disk));
        disk.remount();
        if (lived.end() == SteppedGame.End.FAILED) {
            throw new AssertionError("life " + lives + " failed: " + lived.error(), lived.error());
        }
        if (lived.end() == SteppedGame.End.CRASHED) {
            cutAt.merge(point.toString(), 1, Integer::sum);
            return ", cut at " + point;
        }
        return ", cut between batches";
    }

    /** A second cut does nothing. */
    private static void cut(PowercutDisk disk) {
        try {
            disk.cut();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
