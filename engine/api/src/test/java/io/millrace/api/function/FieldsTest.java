package io.millrace.api.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.Serialized;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldsTest {

    @Test
    void fieldsAreCountedFromZero() throws Exception {
        String line = "1699999200,eu-west,418,0.5";
        assertEquals("1699999200", Fields.textAt(0, ',').call(line));
        assertEquals("eu-west", Fields.textAt(1, ',').call(line));
        assertEquals(1_699_999_200L, Fields.longAt(0, ',').applyLong(line));
        assertEquals(418, Fields.intAt(2, ',').applyInt(line));
        assertEquals(0.5, Fields.doubleAt(3, ',').applyDouble(line));
        assertTrue(Fields.testAt(1, ',', Text.startsWith("eu-")).applyBoolean(line));
        assertFalse(Fields.testAt(2, ',', Text.startsWith("eu-")).applyBoolean(line));
    }

    @Test
    void everyDelimiterEndsAFieldAlsoTheLastOne() throws Exception {
        assertEquals("", Fields.textAt(0, ',').call(",a"));
        assertEquals("", Fields.textAt(1, ',').call("a,,b"));
        assertEquals("", Fields.textAt(2, ',').call("a,,"));
        assertEquals("", Fields.textAt(0, ',').call(""));
        assertEquals("no delimiter", Fields.textAt(0, ',').call("no delimiter"));
    }

    @Test
    void fieldsAreThoseOfASplitThatDropsNothing() throws Exception {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        char[] letters = {',', ',', '\t', 'a', 'b', 'é', '\u20ac', '\ud83d', '\ude00'};
        char[] delimiters = {',', '\t', 'é', '\u20ac'};
        for (int i = 0; i < 20_000; i++) {
            char[] chars = new char[random.nextInt(12)];
            for (int k = 0; k < chars.length; k++) {
                chars[k] = letters[random.nextInt(letters.length)];
            }
            String text = new String(chars);
            char delimiter = delimiters[random.nextInt(delimiters.length)];
            String[] fields = text.split(Pattern.quote(String.valueOf(delimiter)), -1);
            int index = random.nextInt(fields.length);
            assertEquals(
                    fields[index],
                    Fields.textAt(index, delimiter).call(text),
                    () -> "seed " + seed + ", field " + index + " by " + (int) delimiter + ", text " + text);
            Function<String, String> behind = Fields.textAt(fields.length, delimiter);
            assertThrows(IllegalArgumentException.class, () -> behind.call(text), () -> "seed " + seed);
        }
    }

    @Test
    void aMissingFieldIsNamedWithTheTextAndTheFieldsThereAre() {
        assertEquals(
                "there is no field 3: delimited by ',', \"a,b,\" has 3 fields, 0 to 2;"
                        + " filter such texts out, or ask for a field that is there",
                messageOf(Fields.textAt(3, ','), "a,b,"));
        assertEquals(
                "there is no field 1: delimited by U+0009, \"a b\" has one field, 0;"
                        + " filter such texts out, or ask for a field that is there",
                messageOf(Fields.longAt(1, '\t'), "a b"));
    }

    @ParameterizedTest
    @CsvSource({"long, ''", "long, 1.5", "long, ' 1'", "int, 2147483648", "int, -", "double, 1e", "double, ''"})
    void aFieldThatIsNoNumberIsNamedWithTheTextItIsIn(String type, String field) {
        Function<String, ?> function = switch (type) {
            case "long" -> Fields.longAt(1, ',');
            case "int" -> Fields.intAt(1, ',');
            default -> Fields.doubleAt(1, ',');
        };
        String text = "a," + field + ",b";
        assertThrows(NumberFormatException.class, () -> function.call(text));
        assertEquals(
                "field 1, delimited by ',', is \"" + field + "\", which is no " + type + ", in \"" + text
                        + "\"; filter such texts out, or read the field with a lambda",
                messageOf(function, text));
    }

    @ParameterizedTest
    @CsvSource({"+7, 7", "-0, 0", "-9223372036854775808, -9223372036854775808", "٣, 3", "007, 7"})
    void numbersAreWrittenAsLongParseLongReadsThem(String field, long value) throws Exception {
        assertEquals(value, Fields.longAt(0, ';').applyLong(field + ";"));
    }

    @ParameterizedTest
    @CsvSource({"1e3, 1000", "-.5, -0.5", "5., 5", "' 1 ', 1", "NaN, NaN", "0x1p3, 8", "1e999, Infinity", "-0, -0.0"})
    void numbersAreWrittenAsDoubleParseDoubleReadsThem(String field, double value) throws Exception {
        assertEquals(value, Fields.doubleAt(0, ';').applyDouble(field + ";"));
    }

    @Test
    void aLongTextIsCutShortInAMessage() {
        String message = messageOf(Fields.intAt(0, ','), "x".repeat(500));
        assertTrue(message.contains("x".repeat(100) + "…\" (500 characters)"), message);
        assertFalse(message.contains("x".repeat(101)), message);
    }

    @Test
    void aFieldThatCannotBeIsRefusedAtOnce() {
        assertEquals(
                "field -1 was asked for, expected 0 or more; 0 is the first",
                assertThrows(IllegalArgumentException.class, () -> Fields.textAt(-1, ','))
                        .getMessage());
        assertEquals(
                "delimiter U+D83D is half of a surrogate pair, expected a whole character;"
                        + " use a lambda with String.split",
                assertThrows(IllegalArgumentException.class, () -> Fields.longAt(0, '\ud83d'))
                        .getMessage());
        assertThrows(NullPointerException.class, () -> Fields.testAt(0, ',', null));
    }

    @Test
    void eachTellsThePlannerWhatItMeans() {
        Expression.Field second = new Expression.Field(1, ',');
        assertEquals(second, ((Recognised) Fields.textAt(1, ',')).expression());
        assertEquals(
                new Expression.OfField(second, Text.parseLong()),
                Fields.longAt(1, ',').expression());
        assertEquals(
                new Expression.OfField(second, Text.parseInt()),
                Fields.intAt(1, ',').expression());
        assertEquals(
                new Expression.OfField(second, Text.parseDouble()),
                Fields.doubleAt(1, ',').expression());
        assertEquals(
                new Expression.OfField(second, Text.isBlank()),
                Fields.testAt(1, ',', Text.isBlank()).expression());
    }

    @Test
    void eachIsEqualToAnotherOfTheSameMeaningAlsoAfterSerializationAndPrintsAsItIsWritten() {
        List<Object> functions = List.of(
                Fields.textAt(0, ','),
                Fields.longAt(1, '\t'),
                Fields.intAt(2, ','),
                Fields.doubleAt(3, ';'),
                Fields.testAt(4, ',', Text.equalTo("GET")));
        for (Object function : functions) {
            assertEquals(function, Serialized.copyOf(function));
        }
        assertNotEquals(Fields.textAt(0, ','), Fields.textAt(1, ','));
        assertNotEquals(Fields.textAt(0, ','), Fields.textAt(0, ';'));
        assertEquals(
                "[Fields.textAt(0, ','), Fields.longAt(1, U+0009), Fields.intAt(2, ','), Fields.doubleAt(3, ';'),"
                        + " Fields.testAt(4, ',', Text.equalTo(\"GET\"))]",
                functions.toString());
    }

    private static String messageOf(Function<String, ?> function, String text) {
        return assertThrows(IllegalArgumentException.class, () -> function.call(text))
                .getMessage();
    }
}
