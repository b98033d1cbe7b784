package io.millrace.cli;

import io.millrace.api.CheckpointComparison;
import io.millrace.api.DryRunException;
import io.millrace.checkpoint.file.DiskFileStore;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.checkpoint.tool.DirectoryCheck;
import io.millrace.checkpoint.tool.Finding;
import io.millrace.conf.Settings;
import io.millrace.engine.checkpoint.CheckpointPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "checkpoint",
        description = {
            "Looks at a checkpoint directory, without a lock and without changing anything.",
            "  verify DIR   reads every file and says what is not as it was written; ends with 1 if anything is",
            "  dump DIR     prints the newest manifest, and the batch log behind it",
            "  diff DIR FILE.java [ARGUMENT]...",
            "               runs the program up to start(), and says what would become of the checkpoint under it:",
            "               what continues, starts empty, is migrated, dropped or refused; ends with 1 if anything is",
            "               refused. What the program does before start() it does",
            "With --json in front of DIR each line is an object of JSON.",
            ""
        })
final class CheckpointCommand {
    private static final String JSON = "Print an object of JSON in each line.";

    @Spec
    private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Print this text and exit.")
    private boolean isHelpAsked;

    @Command(name = "verify", description = "Reads every file of a checkpoint directory.")
    int verify(
            @Option(names = "--json", description = JSON) boolean isJson,
            @Parameters(paramLabel = "DIR") Path directory)
            throws IOException {
        List<Finding> findings = DirectoryCheck.verify(store(directory));
        for (Finding finding : findings) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("file", finding.file());
            fields.put("offset", finding.offset());
            fields.put("what", finding.what());
            String place = finding.offset() < 0 ? "" : " at " + finding.offset();
            print(isJson, finding.file() + place + ": " + finding.what(), fields);
        }
        print(
                isJson,
                findings.isEmpty() ? "all is as it was written" : findings.size() + " findings",
                Map.of("findings", findings.size()));
        return findings.isEmpty() ? 0 : 1;
    }

    @Command(name = "dump", description = "Prints what a checkpoint says.")
    int dump(
            @Option(names = "--json", description = JSON) boolean isJson,
            @Parameters(paramLabel = "DIR") Path directory)
            throws IOException {
        CheckpointPrinter.print(store(directory), line -> print(isJson, line.text(), line.fields()));
        return 0;
    }

    @Command(name = "diff", description = "Says what would become of a checkpoint under a program.")
    int diff(
            @Option(names = "--json", description = JSON) boolean isJson,
            @Parameters(index = "0", paramLabel = "DIR") Path directory,
            @Parameters(index = "1", paramLabel = "FILE.java") Path file,
            @Parameters(index = "2..*", paramLabel = "ARGUMENT") List<String> arguments)
            throws Exception {
        requireDirectory(directory);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new ParameterException(spec.commandLine(), "there is no file " + file + " that can be read");
        }
        Throwable ended;
        try {
            ended = startOf(SourceProgram.compile(file), directory, arguments);
        } catch (ProgramException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
        for (Throwable cause = ended; cause != null; cause = cause.getCause()) {
            if (cause instanceof DryRunException dryRun) {
                print(isJson, dryRun.comparison());
                return dryRun.comparison().isRefused() ? 1 : 0;
            }
        }
        if (ended != null) {
            return Launch.report(ended, new Throwable().getStackTrace());
        }
        spec.commandLine()
                .getErr()
                .println("the program ended, and has started no StreamingContext, so there is nothing to compare");
        return 1;
    }

    private static Throwable startOf(Class<?> program, Path directory, List<String> arguments)
            throws ReflectiveOperationException {
        String key = Settings.CHECKPOINT_DRY_RUN.key();
        String before = System.setProperty(key, directory.toAbsolutePath().toString());
        try {
            InvocationTargetException failure =
                    Launch.failureOf(program, arguments == null ? new String[0] : arguments.toArray(String[]::new));
            return failure == null ? null : failure.getCause();
        } finally {
            if (before == null) {
                System.clearProperty(key);
            } else {
                System.setProperty(key, before);
            }
        }
    }

    private void print(boolean isJson, CheckpointComparison comparison) {
        if (!isJson) {
            spec.commandLine().getOut().println(comparison.text());
            return;
        }
        for (CheckpointComparison.Part part : comparison.parts()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("part", part.kind());
            fields.put("id", part.id());
            fields.put("outcome", part.outcome());
            fields.put("entries", part.entries());
            fields.put("bytes", part.bytes());
            fields.put("why", part.why());
            print(true, "", fields);
        }
        print(true, "", Map.of("refused", comparison.isRefused()));
    }

    private void print(boolean isJson, String text, Map<String, ?> fields) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(isJson ? JsonLine.of(fields) : text);
    }

    private FileStore store(Path directory) throws IOException {
        requireDirectory(directory);
        return new DiskFileStore(directory);
    }

    private void requireDirectory(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(spec.commandLine(), directory + " is no directory");
        }
    }
}
