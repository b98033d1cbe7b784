package io.millrace.conf;

/** Where keyed state is kept ({@code millrace.state.store}). */
public enum StateStore {
    /** In memory, and what is not asked for lately in Chronicle Map; needs an agent or JVM flags, see the guide. */
    CHRONICLE,
    /** In memory alone. */
    RESIDENT
}
