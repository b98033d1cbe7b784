package io.millrace.api;

import java.util.Map;

/** Spark's keys, and ours for them: {@code spark.X} is {@code millrace.X}, except where our key has another name. */
final class SparkKeys {

    private static final String SPARK = "spark.";
    private static final String MILLRACE = "millrace.";

    private static final Map<String, String> RENAMED = Map.of(
            "spark.streaming.stopSparkContextByDefault", "millrace.streaming.stopContextByDefault",
            "spark.streaming.minRememberDuration", "millrace.streaming.fileStream.minRememberDuration");

    private SparkKeys() {}

    /** Returns our key for {@code key}, or {@code key} itself when it is none of Spark's. */
    static String ours(String key) {
        if (!key.startsWith(SPARK)) {
            return key;
        }
        String renamed = RENAMED.get(key);
        return renamed != null ? renamed : MILLRACE + key.substring(SPARK.length());
    }

    /** Whether {@code key} is meant for the engine, under its name or under Spark's. */
    static boolean isEnginesOrSparks(String key) {
        return key.startsWith(MILLRACE) || key.startsWith(SPARK);
    }
}
