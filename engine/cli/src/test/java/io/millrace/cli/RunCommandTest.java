package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunCommandTest {
    private static final String RESULT = "run.command.test";

    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @AfterEach
    void forgetTheResult() {
        System.clearProperty(RESULT);
    }

    /** Runs such a source file; what its {@code main} gives to {@code result(…)} is in {@link #result()} then. */
    private int run(String name, String source, String... args) throws IOException {
        Path file = Files.writeString(folder.resolve(name), source);
        CommandLine millrace = Millrace.commandLine().setErr(new PrintWriter(err, true));
        String[] all = Stream.concat(Stream.of("run", file.toString()), Arrays.stream(args))
                .toArray(String[]::new);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            return millrace.execute(all);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static String result() {
        return System.getProperty(RESULT);
    }

    @Test
    void aProgramInAPackageRunsWithItsArguments() throws IOException {
        String atFile = "@" + Files.writeString(folder.resolve("file"), "not to be read");
        int status = run("Greet.java", """
                package com.example.greeting;

                import java.util.stream.Collectors;
                import java.util.stream.Stream;

                public class Greet {
                    public static void main(String[] args) {
                        System.setProperty("run.command.test", Stream.of(args).collect(Collectors.joining("+")));
                    }
                }
                """, "a", "--help", "-x=1", atFile);
        assertEquals(0, status, err::toString);
        assertEquals("a+--help+-x=1+" + atFile, result());
    }

    @Test
    void theFirstClassWithAMainRunsWhateverTheFileIsCalled() throws IOException {
        int status = run("anything.java", """
                record Pair(int a, int b) {}

                class Program {
                    static class Inner {}

                    public static void main(String[] args) {
                        System.setProperty("run.command.test", new Pair(1, 2).toString() + new Inner().getClass().getName());
                    }
                }

                class Other {
                    public static void main(String[] args) {}
                }
                """);
        assertEquals(0, status, err::toString);
        assertEquals("Pair[a=1, b=2]Program$Inner", result());
    }

    @Test
    void aProgramOfStreamsRuns() throws IOException {
        int status = run("SquareSum.java", """
                import io.millrace.api.*;
                import java.util.concurrent.atomic.AtomicInteger;

                public class SquareSum {
                    public static void main(String[] args) throws Exception {
                        StreamingContext context = new StreamingContext("local[2]", "SquareSum", Durations.milliseconds(50));
                        PushInputDStream<Integer> numbers = context.pushStream(Integer.class);
                        AtomicInteger sum = new AtomicInteger();
                        numbers.map(n -> n * n)
                                .reduce((a, b) -> a + b)
                                .foreachRDD(rdd -> rdd.collect().forEach(sum::addAndGet));
                        context.start();
                        for (int n = 1; n <= 10; n++) {
                            numbers.offer(n);
                        }
                        numbers.complete();
                        context.awaitTermination();
                        context.stop();
                        System.setProperty("run.command.test", sum.toString());
                    }
                }
                """);
        assertEquals(0, status, err::toString);
        assertEquals("385", result());
    }

    @Test
    void aChangedCopyOfAnExampleWinsOverTheExample() throws IOException {
        int status = run("NetworkWordCount.java", """
                package io.millrace.examples;

                public final class NetworkWordCount {
                    public static void main(String[] args) {
                        Arguments arguments = Arguments.of("Usage: Copy", new String[0]);
                        System.setProperty("run.command.test", "the copy, " + arguments.batch());
                    }
                }
                """);
        assertEquals(0, status, err::toString);
        assertEquals("the copy, 1000 ms", result());
    }

    @Test
    void aProgramThatDoesNotCompileIsToldWhere() throws IOException {
        int status = run("Wrong.java", """
                public class Wrong {
                    public static void main(String[] args) {
                        int one = "one";
                    }
                }
                """);
        assertEquals(1, status);
        assertTrue(err.toString().contains("Wrong.java:3: error: incompatible types"), err::toString);
        assertTrue(err.toString().contains("int one = \"one\";"), err::toString);
        assertTrue(err.toString().contains("1 error"), err::toString);
    }

    @Test
    void aFileWithoutAMainIsNoProgram() throws IOException {
        assertEquals(1, run("Library.java", "public class Library { static void main(String[] args) {} }"));
        assertTrue(err.toString().contains("has a method: public static void main(String[] args)"), err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
    }

    @Test
    void whatAProgramThrowsIsPrintedWithoutTheLauncher() throws IOException {
        PrintStream standardError = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true));
        int status;
        try {
            status = run("Throws.java", """
                    public class Throws {
                        public static void main(String[] args) throws Exception {
                            throw new java.io.IOException("no more grain");
                        }
                    }
                    """);
        } finally {
            System.setErr(standardError);
        }
        assertEquals(1, status);
        assertNull(result());
        assertTrue(
                said.toString().startsWith("Exception in thread \"main\" java.io.IOException: no more grain"),
                said::toString);
        assertTrue(said.toString().contains("at program//Throws.main(Throws.java:3)"), said::toString);
        assertFalse(said.toString().contains("io.millrace.cli"), said::toString);
    }
}
