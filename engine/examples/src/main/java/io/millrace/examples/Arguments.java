package io.millrace.examples;

import io.millrace.api.Duration;
import io.millrace.api.Durations;
import io.millrace.api.MillraceConf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command line of an example, read as its usage text says: that text lists the options, one a line, with the
 * name of their value if they take one. To these come the options that all examples have.
 *
 * <p>{@code --help} prints the text and ends the process with status 0. What is not as the text says ends it with
 * status 2 and one line on standard error.
 */
public final class Arguments {
    private static final String COMMON = """
              --master local[N]      worker threads: N, or * for one per core (default local[2])
              --batch-ms MS          the batch interval (default 1000)
              --batches N            stop gracefully after N batches (default: at Ctrl-C)
              --print N|all          records printed per batch (default 10)
              --help                 this text
            """;

    private static final Pattern OPTION = Pattern.compile("^  (--[a-z][a-z-]*)( \\S+)? ", Pattern.MULTILINE);
    private static final Pattern MASTER = Pattern.compile("local\\[(\\*|[1-9]\\d{0,3})]");
    private static final int MAX_PORT = 65_535;

    private final String program;
    private final List<String> words = new ArrayList<>();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final IntConsumer exit;
    private final Duration batch;
    private final int batches;
    private final int printed;

    private Arguments(String usage, String[] args, IntConsumer exit) {
        this.program = usage.split("\\s+", 3)[1];
        this.exit = exit;
        read(optionsIn(usage + COMMON), args);
        if (has("--help")) {
            System.out.print(usage + COMMON);
            exit.accept(0);
        }
        batch = Durations.milliseconds(number("--batch-ms", 1).orElse(1000));
        batches = number("--batches", 1).orElse(0);
        printed = "all".equals(values.get("--print"))
                ? Integer.MAX_VALUE
                : number("--print", 0).orElse(10);
    }

    /** The arguments of a program whose usage text begins with {@code Usage: PROGRAM}. */
    public static Arguments of(String usage, String[] args) {
        return new Arguments(usage, args, System::exit);
    }

    /** As {@link #of}, but leaves the process to {@code exit}, which throws. */
    static Arguments of(String usage, String[] args, IntConsumer exit) {
        return new Arguments(usage, args, exit);
    }

    /** Each option of the text, and whether it takes a value. */
    private static Map<String, Boolean> optionsIn(String usage) {
        Map<String, Boolean> options = new LinkedHashMap<>();
        Matcher option = OPTION.matcher(usage);
        while (option.find()) {
            options.put(option.group(1), option.group(2) != null);
        }
        return options;
    }

    private void read(Map<String, Boolean> options, String[] args) {
        for (int i = 0; i < args.length; i++) {
            if (!args[i].startsWith("-")) {
                words.add(args[i]);
                continue;
            }
            String name = args[i].split("=", 2)[0];
            boolean hasValue = args[i].length() > name.length();
            Boolean takesValue = options.get(name);
            if (takesValue == null) {
                throw refuse("there is no option " + name + "; there are " + String.join(", ", options.keySet()));
            }
            if (!takesValue && hasValue) {
                throw refuse(name + " takes no value, got " + args[i]);
            }
            if (takesValue && !hasValue && i + 1 == args.length) {
                throw refuse(name + " needs a value");
            }
            String value = hasValue ? args[i].substring(name.length() + 1) : takesValue ? args[++i] : "";
            values.put(name, value);
        }
    }

    /** Whether there are arguments that are no options. */
    public boolean hasWords() {
        return !words.isEmpty();
    }

    /** Whether there is a word at that position, from 0. */
    public boolean hasWord(int index) {
        return index < words.size();
    }

    /** Refuses any other number of words than these. */
    public void expectWords(String expected, Integer... counts) {
        if (!List.of(counts).contains(words.size())) {
            throw refuse("expected " + expected + ", got " + (hasWords() ? String.join(" ", words) : "nothing"));
        }
    }

    /** The word at that position, from 0. */
    public String word(int index, String defaultWord) {
        return hasWord(index) ? words.get(index) : defaultWord;
    }

    /** The word at that position as a TCP port. */
    public int port(int index) {
        return wholeNumber("PORT", word(index, ""), 1, MAX_PORT);
    }

    /** Whether the option was given. */
    public boolean has(String option) {
        return values.containsKey(option);
    }

    /** The value of an option that takes a whole number of at least {@code least}; nothing if it was not given. */
    public OptionalInt number(String option, int least) {
        return has(option)
                ? OptionalInt.of(wholeNumber(option, values.get(option), least, Integer.MAX_VALUE))
                : OptionalInt.empty();
    }

    /** Settings with the program's name and the master. */
    public MillraceConf conf(String appName) {
        MillraceConf conf = new MillraceConf().setAppName(appName).setIfMissing("millrace.master", "local[2]");
        if (has("--master")) {
            String master = values.get("--master");
            if (!MASTER.matcher(master).matches()) {
                throw refuse("--master is " + master + ", expected local[N] or local[*]");
            }
            conf.setMaster(master);
        }
        return conf;
    }

    /** The batch interval. */
    public Duration batch() {
        return batch;
    }

    /** How many batches until the end; 0 is never. */
    public int batches() {
        return batches;
    }

    /** How many records to print per batch. */
    public int printed() {
        return printed;
    }

    private int wholeNumber(String name, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        String range = most == Integer.MAX_VALUE ? least + " or more" : least + " to " + most;
        throw refuse(name + " is " + text + ", expected a whole number, " + range);
    }

    private IllegalArgumentException refuse(String message) {
        String line = program + ": " + message;
        System.err.println(line);
        exit.accept(2);
        return new IllegalArgumentException(line);
    }
}
