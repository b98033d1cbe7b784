package io.millrace.cli;

import io.millrace.checkpoint.file.DiskFileStore;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.checkpoint.tool.DirectoryCheck;
import io.millrace.checkpoint.tool.Finding;
import io.millrace.engine.checkpoint.CheckpointPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
            ""
        })
final class CheckpointCommand {
    @Spec
    private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Print this text and exit.")
    private boolean isHelpAsked;

    @Command(name = "verify", description = "Reads every file of a checkpoint directory.")
    int verify(@Parameters(paramLabel = "DIR") Path directory) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Finding> findings = DirectoryCheck.verify(store(directory));
        for (Finding finding : findings) {
            out.println(
                    finding.file() + (finding.offset() < 0 ? "" : " at " + finding.offset()) + ": " + finding.what());
        }
        out.println(findings.isEmpty() ? "all is as it was written" : findings.size() + " findings");
        return findings.isEmpty() ? 0 : 1;
    }

    @Command(name = "dump", description = "Prints what a checkpoint says.")
    int dump(@Parameters(paramLabel = "DIR") Path directory) throws IOException {
        CheckpointPrinter.print(store(directory), spec.commandLine().getOut()::println);
        return 0;
    }

    private FileStore store(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(spec.commandLine(), directory + " is no directory");
        }
        return new DiskFileStore(directory);
    }
}
