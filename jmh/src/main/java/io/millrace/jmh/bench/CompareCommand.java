package io.millrace.jmh.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code scripts/bench compare}: what two reports of one question say of the same systems. */
final class CompareCommand {
    /** Those of all commands; each report has some of them. */
    private static final List<String> FIGURES = List.of(
            "records_per_s",
            "cpu_s_per_million",
            "allocated_bytes_per_record",
            "cpu_us_per_batch",
            "allocated_bytes_per_batch",
            "p50_us",
            "p99_us",
            "p99.9_us",
            "batch_p50_us",
            "batch_p99_us",
            "record_p50_us",
            "record_p99_us",
            "beside_p99_us",
            "beside_max_us",
            "snapshot_ms",
            "start_ms",
            "commit_ms",
            "peak_heap_mb");

    private final Path before;
    private final Path after;

    CompareCommand(List<String> args) {
        List<String> words = new Arguments(args, Set.of()).words();
        if (words.size() != 2) {
            throw new UsageException("compare takes two report folders, got " + words);
        }
        before = Path.of(words.get(0));
        after = Path.of(words.get(1));
    }

    void run() throws IOException {
        Rounds old = read(before);
        Rounds now = read(after);
        System.out.println("| system | figure | before | after | after / before |\n|---|---|---|---|---|");
        for (String system : old.systems()) {
            for (String figure : FIGURES) {
                if (now.has(system, figure) && old.has(system, figure)) {
                    double was = old.median(system, figure);
                    double is = now.median(system, figure);
                    System.out.printf(
                            Locale.ROOT, "| %s | %s | %.4g | %.4g | %.3f |%n", system, figure, was, is, is / was);
                }
            }
        }
    }

    private static Rounds read(Path folder) throws IOException {
        Path results = folder.resolve("results.jsonl");
        if (!Files.isRegularFile(results)) {
            throw new UsageException("there is no results.jsonl in " + folder);
        }
        Rounds rounds = new Rounds();
        rounds.add(Files.readAllLines(results));
        return rounds;
    }
}
