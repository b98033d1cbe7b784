package io.millrace.offheap.chronicle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Whether this JVM lets Chronicle Map reach into the JDK packages it needs, and by which flags it would.
 *
 * <p>A JVM gives that access when started with {@code -javaagent:millrace-agent.jar}, or with {@link #flags()}, which are also
 * the resource {@code jvm.args} beside this class, in the form of a {@code java @jvm.args} file.
 */
public final class ChronicleAccess {
    private static final String OPENS = "--add-opens=";
    private static final String EXPORTS = "--add-exports=";

    private ChronicleAccess() {}

    /** All flags, of the form {@code --add-opens=module/package=ALL-UNNAMED}; the same for every JDK from 17 on. */
    public static List<String> flags() {
        try (InputStream in = ChronicleAccess.class.getResourceAsStream("jvm.args")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("jvm.args beside " + ChronicleAccess.class.getName(), e);
        }
    }

    /**
     * Those of {@link #flags()} whose access this JVM does not give; empty when Chronicle Map can run. Asks for the code of
     * this class, on whose path Chronicle lies as well: no class of Chronicle is loaded for the question.
     */
    public static List<String> missingFlags() {
        return missingFlags(ChronicleAccess.class.getModule());
    }

    static List<String> missingFlags(Module reader) {
        return flags().stream().filter(flag -> !isGiven(flag, reader)).toList();
    }

    private static boolean isGiven(String flag, Module reader) {
        boolean opens = flag.startsWith(OPENS);
        String target = flag.substring((opens ? OPENS : EXPORTS).length(), flag.lastIndexOf('='));
        String packageName = target.substring(target.indexOf('/') + 1);
        Optional<Module> module = ModuleLayer.boot().findModule(target.substring(0, target.indexOf('/')));
        return module.isPresent()
                && (opens
                        ? module.get().isOpen(packageName, reader)
                        : module.get().isExported(packageName, reader));
    }
}
