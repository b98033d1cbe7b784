import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/**
 * Checks who knows whom, from compiled classes: called by {@code scripts/check-layers} with the folders of all modules.
 *
 * <p>Packages form no loop; {@code io.millrace.api}, {@code io.millrace.plan} (with sub-packages) and {@code io.millrace.spi} count
 * as one, the face. A module knows the modules it is allowed in {@link #MAY_KNOW}. A library has one door: one package of a
 * module uses it, and where {@link #DOORS} names that package, no other does.
 */
public final class CheckLayers {
    /** Left knows right, nothing else. A new module is entered here. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("offheap", Set.of()),
            Map.entry("offheap/agent", Set.of()),
            Map.entry("offheap/chronicle", Set.of("offheap")),
            Map.entry("engine/api", Set.of()),
            Map.entry("ingest", Set.of("offheap", "engine/api")),
            Map.entry("checkpoint", Set.of("offheap")),
            Map.entry("engine", Set.of("ingest", "checkpoint", "offheap", "engine/api")),
            Map.entry("engine/testkit", Set.of("engine", "ingest", "checkpoint", "offheap", "engine/api")),
            Map.entry("engine/sink-jdbc", Set.of("engine/api")),
            Map.entry(
                    "engine/campaign",
                    Set.of(
                            "engine/testkit",
                            "engine/sink-jdbc",
                            "engine",
                            "ingest",
                            "checkpoint",
                            "offheap",
                            "engine/api")),
            Map.entry("engine/examples", Set.of("engine", "engine/api")),
            Map.entry(
                    "engine/cli", Set.of("engine/examples", "engine", "engine/api", "checkpoint", "offheap/chronicle")),
            Map.entry(
                    "jmh",
                    Set.of(
                            "engine/testkit",
                            "engine",
                            "ingest",
                            "checkpoint",
                            "offheap",
                            "offheap/chronicle",
                            "engine/api")));

    /** Library, by package prefix, and the only package that uses it. */
    private static final Map<String, String> DOORS = Map.of(
            "com.lmax.disruptor", "io.millrace.ingest.ring",
            "net.openhft", "io.millrace.offheap.chronicle",
            "com.esotericsoftware", "io.millrace.offheap.codec",
            "org.objenesis", "io.millrace.offheap.codec",
            "picocli", "io.millrace.cli");

    /** Libraries without a door, because their types are the vocabulary of the modules that use them. */
    private static final Set<String> EVERYWHERE = Set.of("org.agrona");

    private static final Set<String> JDK_ALONE = Set.of("engine/api", "offheap/agent");

    /** Benchmarks compare libraries, so they use them where they like. */
    private static final Set<String> NO_DOORS = Set.of("jmh");

    private static final List<String> LIBRARIES = List.of(
            "com.lmax.disruptor",
            "net.openhft",
            "picocli",
            "org.agrona",
            "it.unimi.dsi.fastutil",
            "com.esotericsoftware",
            "org.objenesis");

    private static final Pattern USE = Pattern.compile("\\s+(\\S+)\\s+->\\s+(\\S+)\\s+(.*)");

    /** One class of ours uses another class, ours or not. */
    private record Use(String module, String from, String to, String archive) {
        String fromPackage() {
            return packageOf(from);
        }

        String toPackage() {
            return packageOf(to);
        }

        boolean isOurs() {
            return to.startsWith("io.millrace.");
        }

        boolean isJdk() {
            return archive.startsWith("java.") || archive.startsWith("jdk.") || archive.startsWith("JDK ");
        }
    }

    private final Set<String> violations = new TreeSet<>();

    public static void main(String[] modules) {
        CheckLayers check = new CheckLayers();
        List<Use> uses = new ArrayList<>();
        Map<String, String> moduleOfPackage = new TreeMap<>();
        for (String module : modules) {
            Path classes = Path.of(module, "target", "classes");
            if (Files.isDirectory(classes)) {
                List<Use> found = usesOf(module, classes);
                found.forEach(use -> check.enterPackage(moduleOfPackage, use));
                uses.addAll(found);
            }
        }
        check.modules(uses, moduleOfPackage);
        check.doors(uses);
        check.loops(uses);
        check.violations.forEach(System.out::println);
        System.out.printf(
                "check-layers: %d packages, %d uses, %d violations%n",
                moduleOfPackage.size(), uses.size(), check.violations.size());
        System.exit(check.violations.isEmpty() ? 0 : 1);
    }

    private static List<Use> usesOf(String module, Path classes) {
        StringWriter out = new StringWriter();
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        int status = jdeps.run(
                new PrintWriter(out),
                new PrintWriter(out),
                "-verbose:class",
                "-filter:none",
                "--multi-release",
                "base",
                classes.toString());
        if (status != 0) {
            throw new IllegalStateException("jdeps failed on " + classes + ":\n" + out);
        }
        return out.toString()
                .lines()
                .map(USE::matcher)
                .filter(Matcher::matches)
                .map(use -> new Use(module, use.group(1), use.group(2), use.group(3)))
                .toList();
    }

    private void enterPackage(Map<String, String> moduleOfPackage, Use use) {
        String other = moduleOfPackage.putIfAbsent(use.fromPackage(), use.module());
        if (other != null && !other.equals(use.module())) {
            violations.add("package: " + use.fromPackage() + " is in two modules, " + other + " and " + use.module());
        }
    }

    private void modules(List<Use> uses, Map<String, String> moduleOfPackage) {
        for (Use use : uses) {
            Set<String> allowed = MAY_KNOW.get(use.module());
            if (allowed == null) {
                violations.add("module: " + use.module() + " has no rule; enter it in MAY_KNOW of CheckLayers.java");
            } else if (use.isOurs()) {
                String to = moduleOfPackage.get(use.toPackage());
                if (to != null && !to.equals(use.module()) && !allowed.contains(to)) {
                    violations.add("module: " + use.module() + " must not know " + to + ": " + arrow(use));
                }
            } else if (!use.isJdk() && JDK_ALONE.contains(use.module())) {
                violations.add("library: " + use.module() + " uses the JDK alone: " + arrow(use));
            }
        }
    }

    private void doors(List<Use> uses) {
        Map<String, Use> firstUse = new LinkedHashMap<>();
        for (Use use : uses) {
            if (use.isOurs() || use.isJdk() || NO_DOORS.contains(use.module())) {
                continue;
            }
            String library = libraryOf(use.toPackage());
            String door = DOORS.get(library);
            if (EVERYWHERE.contains(library)) {
                continue;
            }
            if (door != null && !door.equals(use.fromPackage())) {
                violations.add("door: only " + door + " uses " + library + ": " + arrow(use));
            }
            Use first = firstUse.putIfAbsent(use.module() + " " + library, use);
            if (door == null && first != null && !first.fromPackage().equals(use.fromPackage())) {
                violations.add("door: two packages of " + use.module() + " use " + library + ": " + arrow(first) + ", "
                        + arrow(use));
            }
        }
    }

    private void loops(List<Use> uses) {
        Map<String, Map<String, Use>> graph = new TreeMap<>();
        for (Use use : uses) {
            String from = unitOf(use.fromPackage());
            String to = unitOf(use.toPackage());
            if (use.isOurs() && !from.equals(to)) {
                graph.computeIfAbsent(from, unit -> new TreeMap<>()).putIfAbsent(to, use);
            }
        }
        Set<Set<String>> told = new HashSet<>();
        for (String unit : graph.keySet()) {
            List<String> loop = shortestLoop(graph, unit);
            if (!loop.isEmpty() && told.add(new TreeSet<>(loop))) {
                StringBuilder line = new StringBuilder("loop: ").append(String.join(" -> ", loop));
                for (int i = 0; i + 1 < loop.size(); i++) {
                    Use use = graph.get(loop.get(i)).get(loop.get(i + 1));
                    line.append(i == 0 ? "  (" : ", ").append(arrow(use));
                }
                violations.add(line.append(')').toString());
            }
        }
    }

    /** Breadth first from {@code start} back to it: the units of the loop, its first repeated at the end; empty if there is none. */
    private static List<String> shortestLoop(Map<String, Map<String, Use>> graph, String start) {
        Map<String, String> cameFrom = new TreeMap<>();
        Deque<String> queue = new ArrayDeque<>(List.of(start));
        while (!queue.isEmpty()) {
            String unit = queue.remove();
            for (String next : graph.getOrDefault(unit, Map.of()).keySet()) {
                if (next.equals(start)) {
                    List<String> loop = new ArrayList<>(List.of(start));
                    for (String step = unit; !step.equals(start); step = cameFrom.get(step)) {
                        loop.add(step);
                    }
                    loop.add(start);
                    Collections.reverse(loop);
                    return loop;
                }
                if (cameFrom.putIfAbsent(next, unit) == null) {
                    queue.add(next);
                }
            }
        }
        return List.of();
    }

    private static String unitOf(String packageName) {
        boolean isFace = (packageName + ".").matches("io\\.millrace\\.(api|plan|spi)\\..*");
        return isFace ? "the face" : packageName;
    }

    private static String libraryOf(String packageName) {
        return LIBRARIES.stream()
                .filter(library -> (packageName + ".").startsWith(library + "."))
                .findFirst()
                .orElseGet(() -> packageName.replaceFirst("^(\\w+\\.\\w+)\\..*", "$1"));
    }

    private static String packageOf(String className) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? "" : className.substring(0, dot);
    }

    private static String arrow(Use use) {
        return use.from() + " -> " + use.to();
    }
}
