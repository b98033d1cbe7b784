package io.millrace.conf;

import java.util.List;

/**
 * Settings that concern one thing, in the order in which they are listed.
 *
 * @param title what they concern
 * @param settings at least one
 */
public record SettingGroup(String title, List<Setting<?>> settings) {

    /** Takes a copy of the list. */
    public SettingGroup {
        settings = List.copyOf(settings);
    }

    static SettingGroup of(String title, Setting<?>... settings) {
        return new SettingGroup(title, List.of(settings));
    }
}
