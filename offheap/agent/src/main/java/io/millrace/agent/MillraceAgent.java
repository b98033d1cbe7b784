package io.millrace.agent;

import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Set;

/**
 * Opens the JDK packages that Chronicle Map reaches into, and the one that Agrona 2 does, to all code on the class path.
 *
 * <p>It does what the flags in {@code io/millrace/offheap/chronicle/jvm.args} do, on JDK 17 and later. Code that another
 * class loader than the application's loads (a plug-in, a web application) is not covered: start such a JVM with the flags.
 */
public final class MillraceAgent {
    private MillraceAgent() {}

    /** Called by the JVM for {@code -javaagent:millrace-agent.jar}; {@code arguments} is not read. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        Set<Module> us = Set.of(ClassLoader.getSystemClassLoader().getUnnamedModule());
        Map<String, Set<Module>> base = Map.of("sun.nio.ch", us, "jdk.internal.ref", us, "jdk.internal.misc", us);
        Map<String, Set<Module>> baseOpen = Map.of("java.lang", us, "java.lang.reflect", us);
        Map<String, Set<Module>> compiler = Map.of("com.sun.tools.javac.file", us);
        redefine(instrumentation, "java.base", base, baseOpen);
        redefine(instrumentation, "jdk.compiler", compiler, Map.of());
    }

    /** Called by the JVM when attached to a running one, which must come before its first Chronicle map. */
    public static void agentmain(String arguments, Instrumentation instrumentation) {
        premain(arguments, instrumentation);
    }

    private static void redefine(
            Instrumentation instrumentation,
            String module,
            Map<String, Set<Module>> exports,
            Map<String, Set<Module>> opens) {
        // A trimmed run-time image may lack jdk.compiler; Chronicle names it when it needs it.
        ModuleLayer.boot()
                .findModule(module)
                .ifPresent(
                        found -> instrumentation.redefineModule(found, Set.of(), exports, opens, Set.of(), Map.of()));
    }
}
