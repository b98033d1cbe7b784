package io.millrace.api.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.Serialized;
import io.millrace.api.Tuple2;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextTest {

    @Test
    void splitCutsAtEverySeparator() throws Exception {
        assertEquals(List.of("to", "be", "or", "not"), parts("to be or not", ' '));
        assertEquals(List.of("whole"), parts("whole", ' '));
    }

    @Test
    void splitKeepsEmptyPartsExceptAtTheEnd() throws Exception {
        assertEquals(List.of("", "", "a", "", "b"), parts(",,a,,b,,", ','));
    }

    @Test
    void splitOfAnEmptyTextIsOneEmptyPart() throws Exception {
        assertEquals(List.of(""), parts("", ','));
    }

    @Test
    void splitOfSeparatorsOnlyIsNothing() throws Exception {
        assertEquals(List.of(), parts(",", ','));
        assertEquals(List.of(), parts(",,,", ','));
    }

    @Test
    void splitTakesASeparatorThatMeansSomethingInARegularExpression() throws Exception {
        assertEquals(List.of("a", "b"), parts("a|b", '|'));
        assertEquals(List.of("a", "b"), parts("a.b", '.'));
        assertEquals(List.of("a", "b"), parts("a\\b", '\\'));
    }

    @Test
    void splitGivesTheVeryTextWhenThereIsNothingToCut() throws Exception {
        String text = "whole";
        assertTrue(text == Text.split(' ').call(text).next());
    }

    @Test
    void splitMeansWhatStringSplitMeansOnRandomTexts() throws Exception {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        char[] letters = {' ', ',', '|', 'a', 'b', 'é', '\u20ac', '\0', '\ud83d', '\ude00', '\n'};
        char[] separators = {' ', ',', '|', 'a', 'é', '\u20ac', '\0', '\n'};
        for (int i = 0; i < 20_000; i++) {
            char[] chars = new char[random.nextInt(random.nextInt(12) == 0 ? 60 : 8)];
            for (int k = 0; k < chars.length; k++) {
                chars[k] = letters[random.nextInt(letters.length)];
            }
            String text = new String(chars);
            char separator = separators[random.nextInt(separators.length)];
            assertEquals(
                    List.of(text.split(Pattern.quote(String.valueOf(separator)))),
                    parts(text, separator),
                    () -> "seed " + seed + ", separator " + (int) separator + ", text " + text);
        }
    }

    @Test
    void splitRefusesHalfASurrogatePair() {
        String message = assertThrows(IllegalArgumentException.class, () -> Text.split('\ud83d'))
                .getMessage();
        assertTrue(message.startsWith("separator U+D83D is half of a surrogate pair"), message);
    }

    @Test
    void wordsAreCutAtRunsOfAsciiWhiteSpace() throws Exception {
        assertEquals(List.of("to", "be", "or", "not"), all(Text.words().call(" \tto  be\r\nor\f\u000bnot ")));
    }

    @Test
    void noWordIsEmpty() throws Exception {
        assertEquals(List.of(), all(Text.words().call("")));
        assertEquals(List.of(), all(Text.words().call(" \t \n")));
    }

    @Test
    void otherWhiteSpaceIsPartOfAWord() throws Exception {
        assertEquals(List.of("a\u00a0b\u2003c\u001cd"), all(Text.words().call("a\u00a0b\u2003c\u001cd")));
    }

    @Test
    void wordsAreWhatARegularExpressionWouldFindInRandomTexts() throws Exception {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        char[] letters = {' ', '\t', '\n', '\u000b', '\f', '\r', '\u0008', '\u000e', 'a', 'b', 'é', '\u2003'};
        for (int i = 0; i < 20_000; i++) {
            char[] chars = new char[random.nextInt(12)];
            for (int k = 0; k < chars.length; k++) {
                chars[k] = letters[random.nextInt(letters.length)];
            }
            String text = new String(chars);
            List<String> expected = new ArrayList<>(List.of(text.split("[ \\t\\n\\x0B\\f\\r]+")));
            expected.removeIf(String::isEmpty);
            assertEquals(expected, all(Text.words().call(text)), () -> "seed " + seed + ", text " + text);
        }
    }

    @Test
    void anIteratorAtItsEndSaysSo() throws Exception {
        assertThrows(NoSuchElementException.class, Text.split(',').call(",")::next);
        assertThrows(NoSuchElementException.class, Text.words().call(" ")::next);
    }

    @Test
    void predicatesAskForAPart() throws Exception {
        assertTrue(Text.contains("be").call("to be"));
        assertFalse(Text.contains("bee").call("to be"));
        assertTrue(Text.contains("").applyBoolean(""));
        assertTrue(Text.startsWith("to").call("to be"));
        assertFalse(Text.startsWith("be").call("to be"));
        assertTrue(Text.endsWith("be").call("to be"));
        assertFalse(Text.endsWith("to").call("to be"));
    }

    @Test
    void predicatesRefuseALoneSurrogate() {
        assertEquals(
                "Text.contains(\"\ud83d\ude00\")", Text.contains("\ud83d\ude00").toString());
        assertThrows(IllegalArgumentException.class, () -> Text.contains("a\ud83d"));
        assertThrows(IllegalArgumentException.class, () -> Text.startsWith("\ude00\ud83d"));
        String message = assertThrows(IllegalArgumentException.class, () -> Text.endsWith("ab\ude00"))
                .getMessage();
        assertTrue(message.startsWith("the text has a lone surrogate (U+DE00) at index 2"), message);
    }

    @Test
    void pairWithSetsOneValueBesideEachText() throws Exception {
        assertEquals(new Tuple2<>("a", 1), Text.pairWith(1).call("a"));
        assertEquals(new Tuple2<>("a", null), Text.pairWith(null).call("a"));
    }

    @Test
    void eachTellsThePlannerWhatItMeans() {
        assertEquals(new Expression.Split(' '), expressionOf(Text.split(' ')));
        assertEquals(new Expression.Words(), expressionOf(Text.words()));
        assertEquals(new Expression.Match(Expression.Place.ANYWHERE, "a"), expressionOf(Text.contains("a")));
        assertEquals(new Expression.Match(Expression.Place.START, "a"), expressionOf(Text.startsWith("a")));
        assertEquals(new Expression.Match(Expression.Place.END, "a"), expressionOf(Text.endsWith("a")));
        assertEquals(new Expression.PairWith(1), expressionOf(Text.pairWith(1)));
    }

    @Test
    void eachIsEqualToAnotherOfTheSameMeaningAlsoAfterSerialization() {
        List<Object> functions = List.of(
                Text.split(' '),
                Text.words(),
                Text.contains("a"),
                Text.startsWith("a"),
                Text.endsWith("a"),
                Text.pairWith(1));
        for (Object function : functions) {
            assertEquals(function, Serialized.copyOf(function));
        }
        assertEquals(Text.split(' '), Text.split(' '));
        assertNotEquals(Text.split(' '), Text.split(','));
        assertNotEquals(Text.startsWith("a"), Text.endsWith("a"));
    }

    @Test
    void eachPrintsAsItIsWritten() {
        assertEquals("Text.split(' ')", Text.split(' ').toString());
        assertEquals("Text.split(U+0009)", Text.split('\t').toString());
        assertEquals("Text.words()", Text.words().toString());
        assertEquals("Text.startsWith(\"a\")", Text.startsWith("a").toString());
        assertEquals("Text.endsWith(\"a\")", Text.endsWith("a").toString());
        assertEquals("Text.pairWith(1)", Text.pairWith(1).toString());
    }

    private static Expression expressionOf(Object function) {
        return ((Recognised) function).expression();
    }

    private static List<String> parts(String text, char separator) throws Exception {
        return all(Text.split(separator).call(text));
    }

    private static List<String> all(Iterator<String> iterator) {
        List<String> list = new ArrayList<>();
        iterator.forEachRemaining(list::add);
        return list;
    }
}
