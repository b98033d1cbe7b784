package io.millrace.jmh.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Words, and options of the form {@code --name value}; {@code --set} may come several times, {@code --no-report} has no value. */
final class Arguments {
    private static final Set<String> FLAGS = Set.of("--no-report");
    private static final Set<String> PLACES = Set.of("--out", "--directory");

    private final List<String> words = new ArrayList<>();
    private final Map<String, String> options = new LinkedHashMap<>();
    private final List<String> settings = new ArrayList<>();
    private final List<String> all;

    /** @param known the options there are, besides {@code --out}, {@code --jvm}, {@code --rounds} and the flags */
    Arguments(List<String> args, Set<String> known) {
        all = args;
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (!arg.startsWith("--")) {
                words.add(arg);
            } else if (FLAGS.contains(arg)) {
                options.put(arg, "");
            } else if (!known.contains(arg)
                    && !Set.of("--out", "--jvm", "--rounds").contains(arg)) {
                throw new UsageException("there is no option " + arg + " here; see scripts/bench help");
            } else if (i + 1 == args.size()) {
                throw new UsageException(arg + " needs a value");
            } else if (arg.equals("--set")) {
                settings.add(args.get(++i));
            } else {
                options.put(arg, args.get(++i));
            }
        }
    }

    /** The words and options as they were given, except those that name a place on one machine. */
    String shown() {
        List<String> shown = new ArrayList<>(all);
        for (String place : PLACES) {
            int at = shown.indexOf(place);
            if (at >= 0) {
                shown.subList(at, at + 2).clear();
            }
        }
        return String.join(" ", shown);
    }

    List<String> words() {
        return words;
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    String get(String option, String otherwise) {
        return options.getOrDefault(option, otherwise);
    }

    /** The parts of a value between commas; none if it is {@code none}. */
    List<String> list(String option, String otherwise) {
        String value = get(option, otherwise);
        return value.equals("none") ? List.of() : List.of(value.split(","));
    }

    int number(String option, int otherwise) {
        String text = get(option, String.valueOf(otherwise));
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new UsageException(option + " is " + text + ", expected a whole number");
        }
    }

    /** What a measured process is told: all of these options that were given, and the settings. */
    List<String> passedOn(Set<String> names) {
        List<String> passed = new ArrayList<>();
        options.forEach((name, value) -> {
            if (names.contains(name)) {
                passed.addAll(List.of(name, value));
            }
        });
        settings.forEach(setting -> passed.addAll(List.of("--set", setting)));
        return passed;
    }

    /** Flags for the measured JVMs, split at blanks. */
    List<String> jvmFlags(String otherwise) {
        String flags = get("--jvm", otherwise).strip();
        return flags.isEmpty() ? List.of() : List.of(flags.split("\\s+"));
    }
}
