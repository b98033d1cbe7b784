package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A program changes between two runs, and is compared with what the first one has left. */
class CheckpointDiffTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    /** Takes two words in, and ends; the parts in capitals are what changes. */
    private static final String PROGRAM = """
            import io.millrace.api.*;
            import io.millrace.api.function.*;
            import java.util.*;

            public class Visits {
                record Count(FIELDS) {}
                MORE
                static PushInputDStream<String> words;
                static long seen;

                public static void main(String[] args) throws Exception {
                    MillraceConf conf = new MillraceConf(false).setMaster("local[0]").setAppName("visits")
                            .set("millrace.state.store", "resident")
                            .set("millrace.checkpoint.reserveBytes", "0")
                            .set("millrace.streaming.allowMultipleContexts", "true");
                    conf.registerKryoClasses(new Class<?>[] {Count.class});
                    CONF
                    StreamingContext context = StreamingContext.getOrCreate(args[0], () -> {
                        StreamingContext fresh = new StreamingContext(conf, new Duration(20));
                        fresh.checkpoint(args[0]);
                        words = fresh.pushStream(String.class);
                        Function2<List<Integer>, Optional<Count>, Optional<Count>> more =
                                (ones, before) -> Optional.of(UPDATE);
                        words.mapToPair(word -> new Tuple2<>(word, 1)).updateStateByKey(more).named("NAME")
                                .foreachRDD(rdd -> { seen += rdd.count(); });
                        CONTEXT
                        return fresh;
                    });
                    context.start();
                    words.offer("a");
                    words.offer("b");
                    while (seen < 2) {
                        context.doWork();
                    }
                    context.stop(true, true);
                }
            }
            """;

    private static String program(String fields, String more, String conf, String update, String name, String context) {
        return PROGRAM.replace("FIELDS", fields)
                .replace("MORE", more)
                .replace("CONF", conf)
                .replace("UPDATE", update)
                .replace("NAME", name)
                .replace("CONTEXT", context);
    }

    private static final String FIRST = program("int n", "", "", "new Count(ones.size())", "visits", "");
    private static final String CHANGED_UPDATE = "new Count(ones.size(), before.map(Count::since).orElse(\"now\"))";

    private int execute(String... args) {
        CommandLine millrace =
                Millrace.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            return millrace.execute(args);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private Path checkpoint() throws IOException {
        Path directory = folder.resolve("kept");
        Path file = Files.writeString(folder.resolve("Visits.java"), FIRST);
        assertEquals(0, execute("run", file.toString(), directory.toString()), err::toString);
        return directory;
    }

    /** Compares; the directory has to be the same afterwards. */
    private int diff(Path directory, String source, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("Visits.java"), source);
        TreeMap<Path, String> before = contents(directory);
        String[] all = Stream.of(
                        Stream.of("checkpoint", "diff"),
                        Arrays.stream(options),
                        Stream.of(
                                directory.toString(),
                                file.toString(),
                                folder.resolve("not-there").toString()))
                .flatMap(some -> some)
                .toArray(String[]::new);
        out.getBuffer().setLength(0);
        int status = execute(all);
        assertEquals(before, contents(directory));
        assertTrue(Files.notExists(folder.resolve("not-there")));
        return status;
    }

    private static TreeMap<Path, String> contents(Path directory) throws IOException {
        TreeMap<Path, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                CRC32 checksum = new CRC32();
                checksum.update(Files.readAllBytes(file));
                contents.put(
                        file, Files.getLastModifiedTime(file) + " " + Files.size(file) + " " + checksum.getValue());
            }
        }
        return contents;
    }

    @Test
    void theSameProgramWouldContinue() throws IOException {
        Path directory = checkpoint();
        assertEquals(0, diff(directory, FIRST), () -> out + "" + err);
        assertTrue(out.toString().contains("would be gone on with"), out::toString);
        assertTrue(
                out.toString()
                        .lines()
                        .anyMatch(line -> line.matches("operator +visits +continues +2 keys and rows, .*")),
                out::toString);
        assertTrue(out.toString().lines().anyMatch(line -> line.matches("source +source-1 +continues")), out::toString);
    }

    @Test
    void aClassWithOtherFieldsIsRefusedWithItsOldAndNewSchemaAndTheWayOutWhichThenWorks() throws IOException {
        Path directory = checkpoint();
        String changed = program("int n, String since", "", "", CHANGED_UPDATE, "visits", "");
        assertEquals(1, diff(directory, changed), () -> out + "" + err);
        String said = out.toString();
        assertTrue(said.contains("MR-1402: the state of 'visits' cannot be read"), said);
        assertTrue(said.contains("objects of class Visits$Count were written as {n:int}"), said);
        assertTrue(said.contains("the class is now {n:int,since:java.lang.String}"), said);
        assertTrue(said.contains("conf.registerFormerName(\"Visits$Count\", TheOldOne.class)"), said);
        assertTrue(said.contains("context.migrateState(\"visits\", TheOldOne.class, old -> …)"), said);

        String migrating = program(
                "int n, String since",
                "record Count1(int n) {}",
                "conf.registerFormerName(\"Visits$Count\", Count1.class);",
                CHANGED_UPDATE,
                "visits",
                "fresh.migrateState(\"visits\", Count1.class, old -> new Count(old.n(), \"before\"));");
        assertEquals(0, diff(directory, migrating), () -> out + "" + err);
        assertTrue(
                out.toString()
                        .lines()
                        .anyMatch(line -> line.matches("operator +visits +migrated .* 2 values are changed")),
                out::toString);
        Path file = Files.writeString(folder.resolve("Visits.java"), migrating);
        assertEquals(0, execute("run", file.toString(), directory.toString()), err::toString);
        String without = program("int n, String since", "", "", CHANGED_UPDATE, "visits", "");
        assertEquals(0, diff(directory, without), () -> out + "" + err);
    }

    @Test
    void anOperatorOfAnotherNameStartsEmptyAndTheOldOneIsRefusedUnlessItIsDropped() throws IOException {
        Path directory = checkpoint();
        String renamed = program("int n", "", "", "new Count(ones.size())", "calls", "");
        assertEquals(1, diff(directory, renamed, "--json"), () -> out + "" + err);
        List<String> lines = out.toString().lines().toList();
        assertTrue(
                lines.contains("{\"part\":\"operator\",\"id\":\"calls\",\"outcome\":\"starts empty\",\"entries\":0,"
                        + "\"bytes\":0,\"why\":\"\"}"),
                out::toString);
        assertTrue(
                lines.stream()
                        .anyMatch(line ->
                                line.startsWith("{\"part\":\"operator\",\"id\":\"visits\",\"outcome\":\"refused\"")
                                        && line.contains("MR-1401")
                                        && line.contains("context.dropState(\\\"visits\\\")")),
                out::toString);
        assertEquals("{\"refused\":true}", lines.get(lines.size() - 1));

        String dropping = program("int n", "", "", "new Count(ones.size())", "calls", "fresh.dropState(\"visits\");");
        assertEquals(0, diff(directory, dropping), () -> out + "" + err);
        assertTrue(out.toString().lines().anyMatch(line -> line.matches("operator +visits +dropped")), out::toString);
    }

    @Test
    void aProgramThatStartsNothingCannotBeCompared() throws IOException {
        Path directory = checkpoint();
        assertEquals(1, diff(directory, "class Idle { public static void main(String[] args) {} }"));
        assertTrue(err.toString().contains("has started no StreamingContext"), err::toString);
    }

    @Test
    void verifyAndDumpSpeakJsonToo() throws IOException {
        Path directory = checkpoint();
        out.getBuffer().setLength(0);
        assertEquals(0, execute("checkpoint", "verify", "--json", directory.toString()), err::toString);
        assertEquals("{\"findings\":0}", out.toString().strip());
        out.getBuffer().setLength(0);
        assertEquals(0, execute("checkpoint", "dump", "--json", directory.toString()), err::toString);
        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.get(0).startsWith("{\"what\":\"manifest\",\"generation\":"), out::toString);
        assertTrue(lines.stream().allMatch(line -> line.startsWith("{\"what\":\"") && line.endsWith("}")));
    }
}
