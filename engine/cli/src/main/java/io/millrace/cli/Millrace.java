package io.millrace.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code millrace} command: hands over to one of its subcommands. */
@Command(
        name = "millrace",
        description = "Stream processing in small batches, on one machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            ExampleCommand.class,
            CheckpointCommand.class,
            FlagsCommand.class,
            SettingsCommand.class,
            HelpCommand.class
        },
        versionProvider = Millrace.Version.class,
        footer = {
            "",
            "JVM flags reach a program through JDK_JAVA_OPTIONS, settings as properties there:",
            "  JDK_JAVA_OPTIONS='-Xmx2g -Dmillrace.streaming.blockInterval=50ms' millrace run Program.java"
        })
public final class Millrace implements Runnable {
    private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

    @Spec
    private CommandSpec spec;

    @Option(names = "--version", versionHelp = true, description = "Print the version and exit.")
    private boolean isVersionAsked;

    @Option(names = "--help", usageHelp = true, description = "Print this text and exit.")
    private boolean isHelpAsked;

    /** Runs the command that the arguments name. After a success the JVM lives on until the program's threads end. */
    public static void main(String[] args) {
        if (System.getProperty(LOG_FORMAT) == null) {
            System.setProperty(LOG_FORMAT, "%1$tT %4$s %5$s%6$s%n"); // one line each: time, level, message
        }
        int status = commandLine().execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Millrace())
                .setParameterExceptionHandler(Millrace::refuse)
                .setExpandAtFiles(false)
                .setUsageHelpWidth(100);
        // What follows the name of a program belongs to the program.
        commandLine.getSubcommands().get("run").setStopAtPositional(true);
        commandLine.getSubcommands().get("example").setStopAtPositional(true);
        commandLine
                .getSubcommands()
                .get("checkpoint")
                .getSubcommands()
                .get("diff")
                .setStopAtPositional(true);
        return commandLine;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is missing: run, example, checkpoint, settings, flags or help");
    }

    private static int refuse(ParameterException refused, String[] args) {
        CommandLine command = refused.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        String message = refused instanceof UnmatchedArgumentException unmatched
                ? "there is no " + unmatched.getUnmatched().get(0)
                : String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
        err.println(name + ": " + message + " (" + name + " --help tells more)");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Millrace's version and Java's. */
    static final class Version implements IVersionProvider {
        private static final String PROPERTIES = "/META-INF/maven/io.millrace/millrace-cli/pom.properties";

        @Override
        public String[] getVersion() throws IOException {
            Properties pom = new Properties();
            try (InputStream in = Millrace.class.getResourceAsStream(PROPERTIES)) {
                if (in != null) {
                    pom.load(in);
                }
            }
            return new String[] {
                "Millrace " + pom.getProperty("version", "(not from a jar)"),
                "Java " + Runtime.version() + ", " + System.getProperty("java.home")
            };
        }
    }
}
