package io.millrace.api;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The engine's log as the JDK's own logging keeps it. */
final class EngineLog {
    private static final Logger ENGINE = Logger.getLogger("io.millrace"); // held: the JDK forgets loggers nobody holds

    private static final Map<String, Level> LEVELS = new TreeMap<>(Map.of(
            "ALL", Level.ALL,
            "TRACE", Level.FINER,
            "DEBUG", Level.FINE,
            "INFO", Level.INFO,
            "WARN", Level.WARNING,
            "ERROR", Level.SEVERE,
            "FATAL", Level.SEVERE,
            "OFF", Level.OFF));

    private EngineLog() {}

    static void setLevel(String name) {
        Level level = LEVELS.get(name.toUpperCase(Locale.ROOT));
        if (level == null) {
            throw new IllegalArgumentException(
                    "log level '" + name + "' is unknown, expected one of " + String.join(", ", LEVELS.keySet()));
        }
        ENGINE.setLevel(level);
    }
}
