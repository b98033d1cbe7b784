package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.conf.Setting;
import io.millrace.conf.SettingGroup;
import io.millrace.conf.Settings;
import io.millrace.offheap.chronicle.ChronicleAccess;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MillraceTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... args) {
        CommandLine millrace = Millrace.commandLine();
        millrace.setOut(new PrintWriter(out, true));
        millrace.setErr(new PrintWriter(err, true));
        return millrace.execute(args);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                    | millrace: a command is missing: run, example, checkpoint, settings, flags or help",
                "brew                | millrace: there is no brew",
                "--loud              | millrace: there is no --loud",
                "run                 | millrace run: Missing required parameter: 'FILE.java'",
                "run Nowhere.java    | millrace run: there is no file Nowhere.java that can be read",
                "example Nothing     | millrace example: there is no example Nothing; there are NetworkWordCount,",
                "flags all           | millrace flags: there is no all",
                "checkpoint verify nowhere | millrace checkpoint: nowhere is no directory",
                "settings yeast      | millrace settings: there is no setting with yeast in it",
            })
    void badArgumentsGetOneLineAndStatusTwo(String line, String expected) {
        assertEquals(2, line == null ? execute() : execute(line.split(" ")));
        assertEquals("", out.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().startsWith(expected), err.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "help,              millrace [--help]",
        "--help,            millrace [--help]",
        "help run,          millrace run FILE.java",
        "run --help,        millrace run FILE.java",
        "help example,      millrace example [NAME",
        "help flags,        millrace flags",
        "help settings,     millrace settings",
        "help checkpoint,   millrace checkpoint",
    })
    void everyCommandHasAHelpText(String line, String expected) {
        assertEquals(0, execute(line.split(" ")));
        assertTrue(out.toString().contains("Usage: " + expected), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void theVersionTellsJavasToo() {
        assertEquals(0, execute("--version"));
        assertTrue(out.toString().startsWith("Millrace "), out.toString());
        assertTrue(out.toString().contains("Java " + Runtime.version()), out.toString());
    }

    @Test
    void examplesAreListed() {
        assertEquals(0, execute("example"));
        assertTrue(out.toString().contains("NetworkWordCount"), out.toString());
    }

    @Test
    void flagsAreAnArgumentFile() {
        assertEquals(0, execute("flags"));
        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.containsAll(ChronicleAccess.flags()), out.toString());
        assertTrue(lines.stream().allMatch(line -> line.startsWith("#") || line.startsWith("--")), out.toString());
    }

    @Test
    void everySettingIsListedWithItsDefaultAndItsRange() {
        assertEquals(0, execute("settings"));
        List<String> lines = out.toString().lines().map(String::strip).toList();
        String words = String.join(" ", lines).replaceAll("\\s+", " ");
        for (SettingGroup group : Settings.groups()) {
            assertTrue(lines.contains(group.title()), out.toString());
        }
        for (Setting<?> setting : Settings.all()) {
            String row = setting.key() + " " + (setting.defaultText() == null ? "-" : setting.defaultText());
            assertTrue(
                    lines.stream().anyMatch(line -> line.replaceAll("\\s+", " ").startsWith(row.strip())), row);
            assertTrue(words.contains(setting.meaning()), setting.meaning());
            assertTrue(words.contains(setting.range()), setting.range());
        }
    }

    @Test
    void aWordChoosesTheSettingsItOccursIn() {
        assertEquals(0, execute("settings", "RING"));
        assertTrue(out.toString().contains("millrace.ring.slabs"), out.toString());
        assertFalse(out.toString().contains("millrace.app.name"), out.toString());
    }
}
