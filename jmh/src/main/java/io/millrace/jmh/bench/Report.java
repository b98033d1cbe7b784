package io.millrace.jmh.bench;

import io.millrace.jmh.measure.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One question's answer, as a folder: {@code environment.json}, {@code results.jsonl} (or what the measurement itself wrote) and
 * {@code report.md}. It is not said on which machine it was made, only on what kind.
 */
final class Report {
    private final String title;
    private final String command;
    private final List<String> jvmFlags;
    private final Environment environment = Environment.now();
    private final List<String> raw = new ArrayList<>();
    private final StringBuilder body = new StringBuilder();
    private final Path folder;

    /**
     * A report that is still empty.
     *
     * @param question the command and a few words more, with hyphens: the end of the folder's name
     * @param title what is asked, as a sentence
     */
    Report(String question, String title, Arguments arguments, List<String> jvmFlags) {
        this.title = title;
        this.command = "scripts/bench " + question.replaceFirst("-.*", "") + " " + arguments.shown();
        this.jvmFlags = jvmFlags;
        this.folder = arguments.has("--no-report") ? null : folder(question, arguments);
    }

    private Path folder(String question, Arguments arguments) {
        String name = environment.date() + "-" + environment.commit() + "-" + question;
        String home = System.getProperty("millrace.bench.home", ".");
        return Path.of(
                arguments.get("--out", Path.of(home, "perf-reports", name).toString()));
    }

    /** The folder, or null when none is wanted. It exists from now on. */
    Path open() throws IOException {
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return folder;
    }

    /** Keep raw results; they are printed as they come, and given back. */
    List<String> addRaw(List<String> lines) {
        lines.forEach(System.out::println);
        raw.addAll(lines);
        return lines;
    }

    void add(String text) {
        body.append(text).append('\n');
    }

    /** Prints the findings, and writes the folder if one is wanted. */
    void finish() throws IOException {
        System.out.println();
        System.out.print(body);
        if (open() == null) {
            return;
        }
        Map<String, Object> conditions = new LinkedHashMap<>(environment.asMap());
        conditions.put("command", command);
        conditions.put("jvm_flags", String.join(" ", jvmFlags));
        Files.writeString(folder.resolve("environment.json"), Json.line(conditions) + "\n");
        if (!raw.isEmpty()) {
            Files.write(folder.resolve("results.jsonl"), raw);
        }
        Files.writeString(folder.resolve("report.md"), head() + body);
        System.out.println("\nwritten: perf-reports/" + folder.getFileName());
    }

    private String head() {
        return "# " + title + "\n\n"
                + "`" + command + "` · " + environment.date() + " · commit "
                + environment.commit() + " · " + environment.jdk() + " · " + environment.cores() + " cores, "
                + environment.memoryGib() + " GiB, " + environment.processor()
                + (jvmFlags.isEmpty() ? "" : " · `" + String.join(" ", jvmFlags) + "`") + "\n\n";
    }
}
