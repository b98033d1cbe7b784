package io.millrace.jmh.idle;

import java.util.HashMap;
import java.util.Map;

/** Reads {@code --name value} and {@code --set key=value}. */
final class IdleOptions {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, String> settings = new HashMap<>();

    IdleOptions(String[] args) {
        for (int i = 0; i < args.length; i += 2) {
            if (args[i].equals("--set")) {
                String[] setting = args[i + 1].split("=", 2);
                settings.put(setting[0], setting[1]);
            } else {
                numbers.put(args[i], Integer.valueOf(args[i + 1]));
            }
        }
    }

    int number(String name, int otherwise) {
        return numbers.getOrDefault(name, otherwise);
    }

    Map<String, String> settings() {
        return settings;
    }
}
