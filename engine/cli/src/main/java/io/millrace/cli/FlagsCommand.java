package io.millrace.cli;

import io.millrace.offheap.chronicle.ChronicleAccess;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "flags",
        description = {
            "Prints the JVM flags that Chronicle Map needs to hold keyed state, as an argument file.",
            "To use it:",
            "  millrace flags > jvm.args",
            "  java @jvm.args -cp ... Main",
            "or, instead of the flags, the agent that does the same:",
            "  java -javaagent:millrace-agent.jar -cp ... Main",
            "Programs without keyed state need neither; millrace run and millrace example pass the agent"
                    + " themselves.",
            ""
        })
final class FlagsCommand implements Runnable {
    private static final String AGENT = "-javaagent:";
    private static final int FIRST_JDK_THAT_WARNS = 24;
    private static final List<String> QUIET =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    @Spec
    private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Print this text and exit.")
    private boolean isHelpAsked;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        out.println("# What Chronicle Map needs of Java " + Runtime.version().feature() + ": java @FILE -cp ... Main");
        out.println("# Or, instead of --add-opens and --add-exports: java " + agent() + " -cp ... Main");
        ChronicleAccess.flags().forEach(out::println);
        if (Runtime.version().feature() >= FIRST_JDK_THAT_WARNS) {
            out.println("# These two only quiet warnings.");
            QUIET.forEach(out::println);
        }
    }

    private static String agent() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith(AGENT) && flag.contains("millrace-agent"))
                .findFirst()
                .orElse(AGENT + "millrace-agent.jar");
    }
}
