package io.millrace.api;

/** Runs something when the JVM is told to end; only made where the program asked for it. */
final class ShutdownHook {
    private final Thread thread;

    /** Registers the hook. */
    ShutdownHook(Runnable body) {
        thread = new Thread(body, "millrace-shutdown");
        Runtime.getRuntime().addShutdownHook(thread);
    }

    /** Take it back; false once the JVM is ending and the hook runs, or has run. */
    boolean remove() {
        try {
            return Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException ending) {
            return false;
        }
    }
}
