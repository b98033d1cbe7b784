package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.at;
import static io.millrace.testkit.Scenario.pair;

import io.millrace.api.UserFunctionException;
import io.millrace.api.function.Fields;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Text;
import io.millrace.api.function.Typed;
import io.millrace.testkit.Scenario;
import org.junit.jupiter.api.Test;

/** Programs over delimited lines, by recognised functions. */
class FieldsTest {
    private static final String FIRST = """
            GET,/index,200,0.5
            PUT,/index,201,2
            GET,/about,404,1e-1
            """;
    private static final String SECOND = """
            GET,/index,200,.25
            GET,,200,
            """;

    @Test
    void numbersAreSummedByATextField() {
        Scenario.batchesEvery(seconds(1)).lines(FIRST, "", SECOND).stream(
                        lines -> lines.mapToPair(Typed.pair(Fields.textAt(1, ','), Fields.longAt(2, ',')))
                                .reduceByKey(Reducers.sumLong()))
                .expect(at(1), pair("/index", 401L), pair("/about", 404L))
                .expect(at(2))
                .expect(at(3), pair("/index", 200L), pair("", 200L))
                .run();
    }

    @Test
    void numbersAreReducedByANumberField() {
        Scenario.batchesEvery(seconds(1)).lines("1;10\n2;20\n1;-5", "2;9223372036854775807\n2;+1").stream(
                        lines -> lines.mapToPair(Typed.longPair(Fields.longAt(0, ';'), Fields.longAt(1, ';')))
                                .reduceByKey(Reducers.minLong()))
                .expect(at(1), pair(1L, -5L), pair(2L, 20L))
                .expect(at(2), pair(2L, 1L))
                .run();
    }

    @Test
    void linesStayByWhatAFieldIs() {
        Scenario.batchesEvery(seconds(1)).lines(FIRST, SECOND).stream(
                        lines -> lines.filter(Fields.testAt(0, ',', Text.equalTo("GET")))
                                .filter(Typed.not(Fields.testAt(1, ',', Text.isBlank())))
                                .map(Fields.doubleAt(3, ',')))
                .expectOrdered(at(1), 0.5, 0.1)
                .expectOrdered(at(2), 0.25)
                .run();
    }

    @Test
    void wordsAreCountedWhateverTheirCase() {
        Scenario.batchesEvery(seconds(1)).lines("The mill\nTHE Öl-mill\n", "ÖL-MILL the").stream(
                        lines -> lines.map(Text.lowerCase())
                                .flatMap(Text.words())
                                .mapToPair(Text.pairWith(1))
                                .reduceByKey(Reducers.sumInt()))
                .expect(at(1), pair("the", 2), pair("mill", 1), pair("öl-mill", 1))
                .expect(at(2), pair("öl-mill", 1), pair("the", 1))
                .run();
    }

    @Test
    void aLineWithoutTheFieldIsToldByOperatorFieldAndLine() {
        Scenario.batchesEvery(seconds(1)).lines("1,2\n3", "4,5").stream(
                        lines -> lines.map(Fields.intAt(1, ',')).named("the second"))
                .expectError(at(1), UserFunctionException.class, "the second", "no field 1", "\"3\"")
                .expectOrdered(at(2), 5)
                .run();
    }

    @Test
    void aFieldThatIsNoNumberIsToldByOperatorFieldAndLine() {
        Scenario.batchesEvery(seconds(1)).lines("a,1\nb,two\nc,3", "d,4").stream(
                        lines -> lines.mapToPair(Typed.pair(Fields.textAt(0, ','), Fields.longAt(1, ',')))
                                .named("parsed"))
                .expectError(at(1), UserFunctionException.class, "parsed", "\"two\"", "no long", "b,two")
                .expect(at(2), pair("d", 4L))
                .run();
    }

    @Test
    void linesThatHaveNotWhatIsAskedForAreLeftOutIfThePolicySaysSo() {
        Scenario.batchesEvery(seconds(1))
                .set("millrace.streaming.failurePolicy", "skip")
                .lines("a,1\nb,two\nc\nd,4\n,", "\n\n", "e,5\n")
                .stream(lines -> lines.mapToPair(Typed.pair(Fields.textAt(0, ','), Fields.longAt(1, ','))))
                .expectOrdered(at(1), pair("a", 1L), pair("d", 4L))
                .expectOrdered(at(2))
                .expectOrdered(at(3), pair("e", 5L))
                .run();
        Scenario.batchesEvery(seconds(1))
                .set("millrace.streaming.failurePolicy", "skip")
                .lines("GET 1\nGET\nPUT 2\n1\nGET 3 4")
                .stream(lines -> lines.filter(Fields.testAt(1, ' ', Typed.not(Text.equalTo("2")))))
                .expectOrdered(at(1), "GET 1", "GET 3 4")
                .run();
    }
}
