package io.millrace.campaign;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Kills a real process again and again, at any time and at each {@link Point}, also while it recovers, while files are moved in; and
 * compares at rest what it gave with what it was given. Each round is a seed, and begins with empty folders; the folder of a round that failed
 * stays.
 *
 * <p>{@code --seconds N [--seed S] [--kills K] [--report FOLDER]}
 */
public final class KillCampaign {
    /** From how many kills on each point must have been reached. */
    private static final long ENOUGH_KILLS = 500;

    private KillCampaign() {}

    /** Exit status 1 if something was lost, doubled or wrong, or a point was never reached. */
    public static void main(String[] arguments) throws Exception {
        Campaign campaign = new Campaign("kill", arguments);
        FailPoints points = new FailPoints();
        PointCounts reached = PointCounts.inMemory();
        KillRound.Played played = KillRound.Played.NOTHING;
        long mostKills = campaign.options().kills();
        Path archive = Files.createTempDirectory("millrace-classes").resolve("classes.jsa");
        while (!campaign.isOver() && played.kills() < mostKills) {
            long seed = campaign.nextSeed();
            Path folder = Files.createTempDirectory("millrace-kill");
            KillRound round =
                    new KillRound(seed, folder, archive, points, campaign.deadline(), mostKills - played.kills());
            List<String> wrong = round.play();
            played = played.and(round.played());
            reached.add(PointCounts.in(folder.resolve(KilledProgram.POINTS)));
            wrong.forEach(failure -> campaign.fail(seed, folder + ": " + failure));
            if (wrong.isEmpty()) {
                Campaign.remove(folder);
            }
        }
        Campaign.remove(archive.getParent());
        List<Point> missed = FailPoints.missed(reached);
        if (played.kills() >= ENOUGH_KILLS) {
            missed.forEach(point -> campaign.fail(campaign.options().seed(), point + " was never reached"));
        }
        Map<String, Object> counts = new TreeMap<>(played.counts());
        counts.put("reached", FailPoints.reached(reached));
        counts.put("killedAt", points.killed());
        counts.put("pointsNeverReached", missed.size());
        counts.put("pointsKilledAt", points.killed().size());
        campaign.end(counts);
    }
}
