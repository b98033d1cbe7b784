package io.millrace.engine.save;

import io.millrace.api.MillraceConf;
import io.millrace.conf.Settings;

/**
 * What saving needs to know.
 *
 * @param skipsEmptyBatches whether a stream's batch without records gets no directory
 * @param forces whether everything is to be on the disk before a directory gets its name
 */
public record SaveConfig(boolean skipsEmptyBatches, boolean forces) {
    /** Saving's part of a configuration. */
    public static SaveConfig of(MillraceConf conf) {
        return new SaveConfig(conf.get(Settings.SKIP_EMPTY_BATCHES), conf.get(Settings.FORCE_FILES));
    }
}
