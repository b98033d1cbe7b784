package io.millrace.cli;

import io.millrace.examples.Examples;
import io.millrace.examples.Examples.Example;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "example",
        description = {
            "Runs one of the example programs; without a name, lists them. Their sources are in engine/examples.",
            ""
        },
        customSynopsis = "millrace example [NAME [ARGUMENT]...]",
        footer = {"", "millrace example NAME --help tells the arguments of an example, such as --batches N."})
final class ExampleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Print this text and exit.")
    private boolean isHelpAsked;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "the example")
    private String name;

    @Parameters(index = "1..*", paramLabel = "ARGUMENT", description = "handed to the example, options too")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        if (name == null) {
            list(spec.commandLine().getOut());
            return 0;
        }
        Example example = Examples.named(name)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "there is no example " + name + "; there are " + names()));
        try {
            example.program().main(arguments.toArray(String[]::new));
            return 0;
        } catch (Exception | Error e) {
            return Launch.report(e, new Throwable().getStackTrace());
        }
    }

    private static void list(PrintWriter out) {
        for (Example example : Examples.all()) {
            out.printf("%-18s %s%n", example.name(), example.summary());
        }
        out.println();
        out.println("millrace example NAME --help tells the arguments.");
    }

    private static String names() {
        return Examples.all().stream().map(Example::name).collect(Collectors.joining(", "));
    }
}
