package io.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static final String USAGE = """
            Usage: Sample [HOST PORT] [OPTION]...

              --pause-ms MS  a pause
              --loud         a switch
            """;

    /** Instead of the end of the process. */
    private static final class Exit extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;

        Exit(int status) {
            this.status = status;
        }
    }

    private static Arguments read(String... args) {
        return Arguments.of(USAGE, args, status -> {
            throw new Exit(status);
        });
    }

    /** The line that refuses these arguments. */
    private static String refusal(String... args) {
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true));
        try {
            Exit exit = assertThrows(Exit.class, () -> {
                Arguments arguments = read(args);
                arguments.expectWords("HOST and PORT, or neither", 0, 2);
                arguments.port(1);
                arguments.number("--pause-ms", 0);
                arguments.conf("Sample");
            });
            assertEquals(2, exit.status);
        } finally {
            System.setErr(err);
        }
        return said.toString().strip();
    }

    @Test
    void defaultsAreThoseOfTheUsageText() {
        Arguments none = read();
        assertEquals(1000, none.batch().milliseconds());
        assertEquals(0, none.batches());
        assertEquals(10, none.printed());
        assertEquals("local[2]", none.conf("Sample").get("millrace.master"));
        assertFalse(none.hasWords());
    }

    @Test
    void optionsStandAnywhereAndTakeTheirValueAfterASpaceOrAnEqualsSign() {
        Arguments given = read("--batches", "3", "localhost", "--batch-ms=20", "--loud", "9999", "--print", "all");
        assertEquals(3, given.batches());
        assertEquals(20, given.batch().milliseconds());
        assertEquals(Integer.MAX_VALUE, given.printed());
        assertEquals("localhost", given.word(0, ""));
        assertEquals(9999, given.port(1));
        assertTrue(given.has("--loud"));
    }

    @Test
    void oneOfOurOwnOptionsIsReadAsTheTextSays() {
        assertEquals(7, read("--pause-ms", "7").number("--pause-ms", 0).orElseThrow());
        assertTrue(read().number("--pause-ms", 0).isEmpty());
    }

    @Test
    void whatTheTextDoesNotSayIsRefusedInOneLine() {
        assertEquals("Sample: expected HOST and PORT, or neither, got localhost", refusal("localhost"));
        assertEquals("Sample: PORT is 70000, expected a whole number, 1 to 65535", refusal("localhost", "70000"));
        assertEquals("Sample: --batches is none, expected a whole number, 1 or more", refusal("--batches", "none"));
        assertEquals("Sample: --print is some, expected a whole number, 0 or more", refusal("--print=some"));
        assertEquals(
                "Sample: --pause-ms is -1, expected a whole number, 0 or more", refusal("a", "1", "--pause-ms=-1"));
        assertEquals("Sample: --batch-ms needs a value", refusal("--batch-ms"));
        assertEquals("Sample: --loud takes no value, got --loud=yes", refusal("--loud=yes"));
        assertEquals(
                "Sample: --master is lokal, expected local[N] or local[*]", refusal("a", "1", "--master", "lokal"));
        assertEquals(
                "Sample: there is no option --quiet; there are --pause-ms, --loud, --master, --batch-ms, --batches,"
                        + " --print, --help",
                refusal("--quiet"));
    }

    @Test
    void helpPrintsTheTextAndEndsWell() {
        PrintStream out = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true));
        try {
            assertEquals(0, assertThrows(Exit.class, () -> read("--help")).status);
        } finally {
            System.setOut(out);
        }
        assertTrue(said.toString().startsWith(USAGE));
        assertTrue(said.toString().contains("--batch-ms MS"));
    }
}
