package io.millrace.api;

/** The line of a program that called the interface, for messages. */
final class StartSite {
    private static final String INTERFACE = StreamingContext.class.getName();

    private StartSite() {}

    /** The innermost caller outside {@link StreamingContext}; walks the stack, so for rare calls alone. */
    static StackTraceElement ofProgram() {
        return StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::toStackTraceElement)
                        .filter(frame -> !isOurs(frame.getClassName()))
                        .findFirst())
                .orElseGet(() -> new StackTraceElement("unknown", "unknown", null, -1));
    }

    private static boolean isOurs(String className) {
        return className.equals(INTERFACE) || className.equals(StartSite.class.getName());
    }
}
