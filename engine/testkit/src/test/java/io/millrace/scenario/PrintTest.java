package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.PushInputDStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What {@code print} prints, letter for letter (behaviour spec 1.2.1). */
class PrintTest {
    private static final String RULE = "-------------------------------------------\n";

    private static String printed(Consumer<PushInputDStream<Object>> program, List<?>... batches) {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try (Rig rig = new Rig(seconds(1))) {
            PushInputDStream<Object> records = rig.ssc.pushStream(Object.class);
            program.accept(records);
            rig.ssc.start();
            for (int batch = 1; batch <= batches.length; batch++) {
                batches[batch - 1].forEach(records::offer);
                rig.toBatch(batch);
            }
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String batch(long timeMs, String... lines) {
        StringBuilder text = new StringBuilder(RULE + "Time: " + timeMs + " ms\n" + RULE);
        for (String line : lines) {
            text.append(line).append('\n');
        }
        return text.append('\n').toString();
    }

    @Test
    void printsAHeaderThenTenRecordsThenDotsIfThereAreMore() {
        assertEquals(
                batch(1000, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "...")
                        + batch(2000, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
                printed(
                        numbers -> numbers.print(),
                        List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
                        List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)));
    }

    @Test
    void printsAsManyAsAskedFor() {
        assertEquals(
                batch(1000, "a", "...") + batch(2000, "d"),
                printed(words -> words.print(1), List.of("a", "b", "c"), List.of("d")));
        assertEquals(batch(1000, "..."), printed(words -> words.print(0), List.of("a")));
        assertEquals(
                batch(1000, "a", "b", "c"), printed(words -> words.print(Integer.MAX_VALUE), List.of("a", "b", "c")));
    }

    @Test
    void printsHeaderAndEmptyLineForAnEmptyBatch() {
        assertEquals(batch(1000) + batch(2000), printed(words -> words.print(), List.of(), List.of()));
    }

    @Test
    void printsTuplesInParenthesesWithoutBlanksAndNullAsNull() {
        assertEquals(
                batch(1000, "(a,(1,x))", "null", "(null,2.5)", "[1, 2]"),
                printed(
                        records -> records.print(),
                        Arrays.asList(pair("a", pair(1, "x")), null, pair(null, 2.5), List.of(1, 2))));
    }

    @Test
    void printsEachOutputUnderAHeaderOfItsOwnInTheOrderOfDefinition() {
        assertEquals(
                batch(1000, "a", "b") + batch(1000, "2") + batch(2000) + batch(2000, "0"),
                printed(
                        words -> {
                            words.print();
                            words.count().print();
                        },
                        List.of("a", "b"),
                        List.of()));
    }

    @Test
    void printsTextThatIsNotAscii() {
        assertEquals(batch(1000, "grüß \ud83d\ude00"), printed(words -> words.print(), List.of("grüß \ud83d\ude00")));
    }
}
