package io.millrace.api.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.Serialized;
import io.millrace.type.RecordType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextValuesTest {

    @Test
    void linesAreCutAtEveryKindOfLineEnd() throws Exception {
        assertEquals(List.of("a", "", "b", "c", "d"), lines("a\n\nb\rc\r\nd\n"));
        assertEquals(List.of(""), lines("\r\n"));
        assertEquals(List.of(), lines(""));
        assertEquals(List.of("a b"), lines("a b"));
    }

    @Test
    void equalToHoldsForOneTextOnly() throws Exception {
        assertTrue(Text.equalTo("GET").call("GET"));
        assertFalse(Text.equalTo("GET").call("GETS"));
        assertFalse(Text.equalTo("").call(" "));
    }

    @Test
    void blankIsWhatHasNoWord() throws Exception {
        assertTrue(Text.isBlank().call(""));
        assertTrue(Text.isBlank().call(" \t\r\n\f\u000b"));
        assertFalse(Text.isBlank().call(" . "));
        assertFalse(Text.isBlank().call("\u00a0"));
    }

    @Test
    void notTurnsAPredicateRound() throws Exception {
        ToBoolean<String> noComment = Typed.not(Text.startsWith("#"));
        assertTrue(noComment.call("1,2"));
        assertFalse(noComment.call("# columns: a, b"));
        assertTrue(Typed.not(Typed.test(String::isEmpty)).call("x"));
        assertEquals(new Expression.Not(Text.startsWith("#")), noComment.expression());
        assertEquals("Typed.not(Text.startsWith(\"#\"))", noComment.toString());
        assertThrows(NullPointerException.class, () -> Typed.not(null));
    }

    @Test
    void trimTakesAwayWhatStringTrimDoes() throws Exception {
        assertEquals("a  b", Text.trim().call(" \u0000\ta  b\u001f\n"));
        assertEquals("\u00a0", Text.trim().call("\u00a0"));
        assertEquals("", Text.trim().call("  "));
    }

    @Test
    void casesAreThoseOfNoParticularLanguage() throws Exception {
        assertEquals("istanbul éß", Text.lowerCase().call("ISTANBUL Éß"));
        assertEquals("ISTANBUL ÉSS", Text.upperCase().call("istanbul éß"));
    }

    @Test
    void lengthCountsCharsAsStringsDo() throws Exception {
        assertEquals(0, Text.length().call(""));
        assertEquals(4, Text.length().applyInt("é€\ud83d\ude00"));
    }

    @Test
    void wholeTextsAreNumbersToo() throws Exception {
        assertEquals(-12, Text.parseInt().applyInt("-12"));
        assertEquals(8_000_000_000L, Text.parseLong().applyLong("8000000000"));
        assertEquals(0.1, Text.parseDouble().applyDouble("0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1 2", "--1"})
    void aTextThatIsNoNumberIsNamed(String text) {
        String tail = "; filter such texts out, or read them with a lambda";
        assertEquals("\"" + text + "\" is no int" + tail, messageOf(Text.parseInt(), text));
        assertEquals("\"" + text + "\" is no long" + tail, messageOf(Text.parseLong(), text));
        assertEquals("\"" + text + "\" is no double" + tail, messageOf(Text.parseDouble(), text));
    }

    @Test
    void eachTellsThePlannerWhatItMeans() {
        assertEquals(new Expression.Lines(), ((Recognised) Text.lines()).expression());
        assertEquals(
                new Expression.Match(Expression.Place.WHOLE, "a"),
                Text.equalTo("a").expression());
        assertEquals(new Expression.IsBlank(), Text.isBlank().expression());
        assertEquals(new Expression.Trim(), ((Recognised) Text.trim()).expression());
        assertEquals(new Expression.ToCase(false), ((Recognised) Text.lowerCase()).expression());
        assertEquals(new Expression.ToCase(true), ((Recognised) Text.upperCase()).expression());
        assertEquals(new Expression.Length(), Text.length().expression());
        assertEquals(new Expression.Parse(RecordType.INT), Text.parseInt().expression());
        assertEquals(new Expression.Parse(RecordType.LONG), Text.parseLong().expression());
        assertEquals(new Expression.Parse(RecordType.DOUBLE), Text.parseDouble().expression());
    }

    @Test
    void eachIsEqualToItselfAfterSerializationAndPrintsAsItIsWritten() {
        List<Object> functions = List.of(
                Text.lines(),
                Text.equalTo("a"),
                Text.isBlank(),
                Text.trim(),
                Text.lowerCase(),
                Text.upperCase(),
                Text.length(),
                Text.parseInt(),
                Text.parseLong(),
                Text.parseDouble(),
                Typed.not(Text.isBlank()));
        for (Object function : functions) {
            assertEquals(function, Serialized.copyOf(function));
        }
        assertEquals(
                "[Text.lines(), Text.equalTo(\"a\"), Text.isBlank(), Text.trim(), Text.lowerCase(), Text.upperCase(),"
                        + " Text.length(), Text.parseInt(), Text.parseLong(), Text.parseDouble(),"
                        + " Typed.not(Text.isBlank())]",
                functions.toString());
    }

    private static List<String> lines(String text) throws Exception {
        Iterator<String> lines = Text.lines().call(text);
        List<String> list = new ArrayList<>();
        lines.forEachRemaining(list::add);
        return list;
    }

    private static String messageOf(Function<String, ?> function, String text) {
        return assertThrows(NumberFormatException.class, () -> function.call(text))
                .getMessage();
    }
}
