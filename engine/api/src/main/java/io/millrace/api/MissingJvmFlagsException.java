package io.millrace.api;

import java.util.List;

/**
 * Keyed state behind the resident table is kept in Chronicle Map, which needs access to packages of the JDK that this JVM does
 * not give. Thrown by the first stateful operator of a program; the message names each way out.
 */
public final class MissingJvmFlagsException extends MillraceException {
    private static final long serialVersionUID = 1L;

    private final List<String> flags;

    /**
     * @param what needs them
     * @param flags the flags that would give the access, as {@code java} takes them
     */
    public MissingJvmFlagsException(String what, List<String> flags) {
        super(what
                + " keeps its state in Chronicle Map beyond what is resident, and this JVM was started without the module"
                + " access that Chronicle Map needs. Start it with -javaagent:millrace-agent.jar (of io.millrace:millrace-agent);"
                + " or with these flags: " + String.join(" ", flags) + "; or keep all state in memory with"
                + " millrace.state.store=resident");
        this.flags = List.copyOf(flags);
    }

    /** The flags that are missing, as {@code java} takes them. */
    public List<String> flags() {
        return flags;
    }
}
