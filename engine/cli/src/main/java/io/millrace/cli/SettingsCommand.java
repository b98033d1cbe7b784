package io.millrace.cli;

import io.millrace.conf.Setting;
import io.millrace.conf.SettingGroup;
import io.millrace.conf.Settings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "settings",
        description = {
            "Lists the settings: key, default, what it does, which values there are. With a WORD, those in whose key or"
                    + " text it occurs.",
            ""
        },
        footer = {
            "",
            "A program sets them in its MillraceConf, or they are given as properties of its JVM:",
            "  JDK_JAVA_OPTIONS='-Dmillrace.streaming.blockInterval=50ms' millrace run Program.java",
            "Spark's keys are accepted too: spark.X stands for millrace.X."
        })
final class SettingsCommand implements Runnable {
    private static final int WIDTH = 120;
    private static final int KEY_WIDTH = 52;
    private static final int DEFAULT_WIDTH = 14;

    @Spec
    private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Print this text and exit.")
    private boolean isHelpAsked;

    @Parameters(index = "0", arity = "0..1", paramLabel = "WORD", description = "part of a key or of its description")
    private String word;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        boolean isFirst = true;
        for (SettingGroup group : Settings.groups()) {
            List<Setting<?>> shown =
                    group.settings().stream().filter(this::isAskedFor).toList();
            if (!shown.isEmpty()) {
                out.println((isFirst ? "" : System.lineSeparator()) + group.title());
                out.print(tableOf(shown));
                isFirst = false;
            }
        }
        out.flush();
        if (isFirst) {
            throw new ParameterException(spec.commandLine(), "there is no setting with " + word + " in it");
        }
    }

    private boolean isAskedFor(Setting<?> setting) {
        return word == null || setting.toString().toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
    }

    private static String tableOf(List<Setting<?>> settings) {
        TextTable table = TextTable.forColumns(
                new ColorScheme.Builder(Ansi.OFF).build(),
                new Column(KEY_WIDTH, 2, Overflow.SPAN),
                new Column(DEFAULT_WIDTH, 2, Overflow.SPAN),
                new Column(WIDTH - KEY_WIDTH - DEFAULT_WIDTH, 2, Overflow.WRAP));
        for (Setting<?> setting : settings) {
            table.addRowValues(setting.key(), defaultOf(setting), setting.meaning());
            table.addRowValues("", "", setting.range());
        }
        return table.toString();
    }

    private static String defaultOf(Setting<?> setting) {
        String text = setting.defaultText();
        return text == null || text.isEmpty() ? "-" : text;
    }
}
