package io.millrace.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = {
            "Compiles one Java source file on Millrace's class path, in memory, and runs the first class in it that has"
                    + " a main method. The file may lie anywhere and declare any package.",
            ""
        },
        customSynopsis = "millrace run FILE.java [ARGUMENT]...",
        exitCodeListHeading = "%nStatus:%n",
        exitCodeList = {
            "0:the program returned from main, and its threads ended",
            "1:the file does not compile, or the program threw",
            "2:the arguments were not understood"
        })
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Print this text and exit.")
    private boolean isHelpAsked;

    @Parameters(index = "0", paramLabel = "FILE.java", description = "the program")
    private Path file;

    @Parameters(index = "1..*", paramLabel = "ARGUMENT", description = "handed to the program, options too")
    private List<String> arguments = List.of();

    @Override
    public Integer call() throws Exception {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new ParameterException(spec.commandLine(), "there is no file " + file + " that can be read");
        }
        try {
            Class<?> program = SourceProgram.compile(file);
            return Launch.mainOf(program, arguments.toArray(String[]::new));
        } catch (ProgramException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
    }
}
