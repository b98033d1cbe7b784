package io.millrace.api;

import io.millrace.conf.Setting;
import io.millrace.conf.Settings;

/** Says in the log which keys look like Millrace's and are not: a slip of the pen would go unseen otherwise. */
final class UnknownKeys {

    private static final System.Logger LOGGER = System.getLogger(UnknownKeys.class.getName());

    private UnknownKeys() {}

    /** One warning for each such key of {@code conf}. Keys without our prefix, or Spark's, are the program's own. */
    static void remark(MillraceConf conf) {
        for (Tuple2<String, String> entry : conf.getAll()) {
            String key = entry._1;
            if (SparkKeys.isEnginesOrSparks(key) && !isKnown(key)) {
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "setting " + key + " is unknown and changes nothing; " + wayOut(key));
            }
        }
    }

    private static boolean isKnown(String key) {
        return Settings.of(key).isPresent() || key.startsWith(Settings.EXECUTOR_ENV_PREFIX);
    }

    private static String wayOut(String key) {
        return Settings.nearest(key)
                .map(Setting::key)
                .map(meant -> "was " + meant + " meant?")
                .orElse(Settings.class.getName() + " lists those that do");
    }
}
