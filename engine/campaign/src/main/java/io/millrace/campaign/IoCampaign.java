package io.millrace.campaign;

import io.millrace.checkpoint.file.DiskFileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Lets each operation on the files of a checkpoint fail, on a real disk: with an error, with no space, or in mid-write; once, or from then
 * on. The run must go on, pause, or end with an error that is named, and the next one, on a sound disk, must be exact.
 *
 * <p>{@code --seconds N [--seed S] [--report FOLDER]}. {@value #SEEDS_OF_A_GAME} seeds are for one game; the first of them let each of its
 * operations fail in each way, and the rest are left out.
 */
public final class IoCampaign {
    private static final int SEEDS_OF_A_GAME = 100_000;
    private static final int BATCHES = 12;

    /** Prime, so that each number comes once, and near ones are far apart in the run. */
    private static final long STEP = 7919;

    private final Campaign campaign;
    private final Map<String, Integer> ends = new TreeMap<>();
    private long runs;
    private long finishedGames;

    private IoCampaign(Campaign campaign) {
        this.campaign = campaign;
    }

    /** Exit status 1 if a run was silent or a recovery wrong. */
    public static void main(String[] arguments) throws Exception {
        Campaign campaign = new Campaign("io", arguments);
        IoCampaign io = new IoCampaign(campaign);
        while (!campaign.isOver()) {
            io.sweep();
        }
        Map<String, Object> counts = new TreeMap<>();
        counts.put("runs", io.runs);
        counts.put("gamesSweptToTheirEnd", io.finishedGames);
        counts.put("ends", io.ends);
        campaign.end(counts);
    }

    /** One game, from the next seed on. */
    private void sweep() throws Exception {
        long seed = campaign.nextSeed();
        long game = seed / SEEDS_OF_A_GAME;
        Failing none = new Failing(0, Failing.Fault.ERROR, false);
        play(seed, game, none);
        long operations = none.operations();
        int ways = 2 * Failing.Fault.values().length;
        long faults = Math.min(operations * ways, SEEDS_OF_A_GAME - 1);
        for (long number = seed % SEEDS_OF_A_GAME; number < faults && !campaign.isOver(); number++) {
            long mixed = number * STEP % faults;
            int way = (int) (mixed / operations);
            play(
                    seed,
                    game,
                    new Failing(
                            1 + mixed % operations,
                            Failing.Fault.values()[way / 2 % Failing.Fault.values().length],
                            way % 2 == 1));
            seed = number + 1 < faults ? campaign.nextSeed() : seed;
            finishedGames += number + 1 == faults ? 1 : 0;
        }
        if (!campaign.isOver()) {
            campaign.goOnWith((game + 1) * SEEDS_OF_A_GAME);
        }
    }

    private void play(long seed, long game, Failing failing) throws Exception {
        Path folder = Files.createTempDirectory("millrace-io");
        SplittableRandom random = new SplittableRandom(game);
        Topology topology = Topology.withoutDatabase(game);
        SteppedGame played = new SteppedGame(random, topology, folder, folder.resolve(KilledProgram.SAVED));
        try {
            DiskFileStore disk = new DiskFileStore(folder.resolve(KilledProgram.CHECKPOINT));
            SteppedGame.Lived lived = played.live(new WatchedStore(disk, failing), null, BATCHES, () -> {});
            String end = endOf(lived);
            ends.merge(end, 1, Integer::sum);
            if (end.equals("unnamed")) {
                campaign.fail(seed, played + ", " + failing + ": the error names nothing: " + lived.error());
            }
            for (String failure : played.calm(disk)) {
                campaign.fail(seed, played + ", " + failing + ", which ended " + end + ": " + failure);
            }
        } catch (Exception | AssertionError wrong) {
            campaign.fail(seed, played + ", " + failing + ": " + wrong);
        }
        runs++;
        Campaign.remove(folder);
    }

    private static String endOf(SteppedGame.Lived lived) {
        for (Throwable error = lived.error(); error != null; error = error.getCause()) {
            if (String.valueOf(error.getMessage()).contains("MR-")) {
                return "failed";
            }
        }
        return lived.error() != null ? "unnamed" : lived.isBehind() ? "paused" : "running";
    }
}
