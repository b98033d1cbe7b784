package io.millrace.campaign;

import java.util.Locale;

/** When, at a {@link Point}. */
enum Moment {
    BEFORE,
    /** When half is written; only where something is written. */
    MID,
    AFTER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
