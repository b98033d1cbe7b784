package io.millrace.campaign;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Damages what a real run has left on a disk, and lets an engine go on with it: it must count exactly, or refuse and name the file and
 * where in it. Even seeds flip one bit each, all of them in the end, odd ones do something random: garbage, zeros, cuts, deletions, swaps.
 *
 * <p>{@code --seconds N [--seed S] [--report FOLDER]}
 */
public final class CorruptCampaign {
    /** Prime, so that each bit comes once, and near ones are far apart. */
    private static final long STEP = 2_147_483_647;

    private static final Pattern CODE = Pattern.compile("MR-\\d{4}");

    private final Campaign campaign;
    private final List<Reference> references;
    private final List<BitRange> ranges = new ArrayList<>();
    private final Map<String, Integer> ends = new TreeMap<>();
    private long bits;
    private long flips;
    private long others;

    /** The bits of a file, up to the last one that is set, and of some zeros behind it. */
    private record BitRange(Reference reference, String name, long bits) {}

    private CorruptCampaign(Campaign campaign, List<Reference> references) {
        this.campaign = campaign;
        this.references = references;
        for (Reference reference : references) {
            reference.files().forEach((name, bytes) -> {
                long used = 8L * Math.min(bytes.length, Damaged.usedBytes(bytes) + 64);
                ranges.add(new BitRange(reference, name, used));
                bits += used;
            });
        }
    }

    /** Exit status 1 if a count was wrong, or a refusal named nothing. */
    public static void main(String[] arguments) throws Exception {
        Campaign campaign = new Campaign("corrupt", arguments);
        Path folder = Files.createTempDirectory("millrace-corrupt");
        CorruptCampaign corrupt = new CorruptCampaign(
                campaign,
                List.of(
                        new Reference(Topology.STATE, folder.resolve("stopped"), true),
                        new Reference(Topology.WINDOWS, folder.resolve("killed"), false)));
        for (Reference reference : corrupt.references) {
            List<String> wrong = reference.goOn(Reference.disk(reference.files()));
            wrong.forEach(failure -> campaign.fail(campaign.options().seed(), "without damage, " + failure));
        }
        while (!campaign.isOver()) {
            corrupt.damage(campaign.nextSeed());
        }
        Campaign.remove(folder);
        Map<String, Object> counts = new TreeMap<>();
        counts.put("bitsOfTheReference", corrupt.bits);
        counts.put("bitsFlipped", corrupt.flips);
        counts.put("otherDamage", corrupt.others);
        counts.put("ends", corrupt.ends);
        campaign.end(counts);
    }

    private void damage(long seed) {
        if (seed % 2 == 0) {
            flips++;
            flip(seed, Math.floorMod(seed / 2 * STEP, bits));
        } else {
            others++;
            SplittableRandom random = new SplittableRandom(seed);
            Reference reference = references.get(random.nextInt(references.size()));
            judge(seed, reference, Damaged.any(reference.files(), random));
        }
    }

    private void flip(long seed, long number) {
        long bit = number;
        for (BitRange range : ranges) {
            if (bit < range.bits()) {
                judge(
                        seed,
                        range.reference(),
                        Damaged.bit(range.reference().files(), range.name(), (int) (bit / 8), (int) (bit % 8)));
                return;
            }
            bit -= range.bits();
        }
    }

    private void judge(long seed, Reference reference, Damaged damaged) {
        try {
            List<String> wrong = reference.goOn(Reference.disk(damaged.files()));
            wrong.stream()
                    .limit(1)
                    .forEach(failure -> campaign.fail(seed, reference + ", " + damaged.what() + ": " + failure));
            ends.merge(wrong.isEmpty() ? "exact" : "wrong", 1, Integer::sum);
        } catch (Exception refused) {
            String said = textOf(refused);
            boolean isNamed = CODE.matcher(said).find() && names(said, damaged.touched());
            if (!isNamed) {
                campaign.fail(
                        seed, reference + ", " + damaged.what() + ": the refusal names no file or no place: " + said);
            }
            ends.merge(isNamed ? "refused" : "refused without a name", 1, Integer::sum);
        } catch (Error error) {
            campaign.fail(seed, reference + ", " + damaged.what() + ": " + error);
            ends.merge("error", 1, Integer::sum);
        }
    }

    /** A file that is not there has no place that could be named. */
    private static boolean names(String said, List<String> touched) {
        return touched.stream().anyMatch(said::contains) && (said.contains("offset") || said.contains("MR-1105"));
    }

    private static String textOf(Throwable refused) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            text.append(cause).append('\n');
        }
        return text.toString();
    }
}
