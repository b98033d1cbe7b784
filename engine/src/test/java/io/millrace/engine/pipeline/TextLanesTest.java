package io.millrace.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.api.Tuple2;
import io.millrace.api.function.Fields;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.Function;
import io.millrace.api.function.PairFunction;
import io.millrace.api.function.Text;
import io.millrace.api.function.ToBoolean;
import io.millrace.api.function.ToLong;
import io.millrace.api.function.Typed;
import io.millrace.engine.function.FunctionFailure;
import io.millrace.engine.function.LaneMisses;
import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.function.ShapeClasses;
import io.millrace.engine.lane.LaneOperator;
import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.memory.Seeds;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Shape;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Recognised functions of text over bytes and over strings give what the functions give when they are called, and fail with the same
 * words. A failure prints its seed.
 */
class TextLanesTest {
    private static final OperatorId INPUT = new OperatorId("input");
    private static final OperatorId ID = new OperatorId("under test");
    private static final String[] PIECES = {
        ",",
        ",",
        ",",
        "\t",
        " ",
        "\n",
        "\r",
        "\r\n",
        "\u000b",
        "\u0000",
        "0",
        "1",
        "12",
        "9999999999",
        "2147483648",
        "-9223372036854775808",
        "9223372036854775808",
        "12345678901234567",
        "-",
        "+",
        ".",
        "0.5",
        "1e3",
        "e-7",
        "NaN",
        "Infinity",
        "0x1p3",
        "3.0000000000000001",
        "٣",
        "a",
        "Ab",
        "GET",
        "É",
        "ß",
        "\u0130",
        "€",
        "\ud83d\ude00"
    };

    private final LanePolicy policy = new LanePolicy(true, new ShapeClasses(true, 1000), new LaneMisses());

    @Test
    void mappedTextsAreWhatTheFunctionMakesOfEach() {
        Seeds.play(2_000, random -> {
            Function<String, ?> function = mapOf(random);
            PlanNode step = new PlanNode.RowMap(ID, INPUT, Shape.ROW, function);
            check(step, texts(random), (text, out) -> out.add(function.call(text)));
        });
    }

    @Test
    void pairsAreWhatBothFunctionsMakeOfEachText() {
        Seeds.play(2_000, random -> {
            PairFunction<String, ?, ?> function = random.nextBoolean()
                    ? Typed.pair(mapOf(random), mapOf(random))
                    : Typed.longPair(longOf(random), longOf(random));
            PlanNode step = new PlanNode.RowMap(ID, INPUT, Shape.PAIR, function);
            check(step, texts(random), (text, out) -> out.add(function.call(text)));
        });
    }

    @Test
    void theTextsThatStayAreThoseThePredicateHoldsFor() {
        Seeds.play(2_000, random -> {
            Function<String, Boolean> function = testOf(random);
            PlanNode step = new PlanNode.RowFilter(ID, INPUT, function);
            check(step, texts(random), (text, out) -> {
                if (function.call(text)) {
                    out.add(text);
                }
            });
        });
    }

    @Test
    void linesAreWhatTheFunctionCutsEachTextInto() {
        FlatMapFunction<String, String> lines = Text.lines();
        PlanNode step = new PlanNode.RowFlatMap(ID, INPUT, Shape.ROW, lines);
        Seeds.play(
                2_000,
                random -> check(
                        step, texts(random), (text, out) -> lines.call(text).forEachRemaining(out::add)));
    }

    @Test
    void fieldsFillTheLanesOfTheirTypes() throws Exception {
        List<String> texts = List.of("a,1,0.5", "b,2,1.5");
        assertInstanceOf(BytesColumn.class, laneOf(Fields.textAt(0, ','), texts));
        assertInstanceOf(LongColumn.class, laneOf(Fields.longAt(1, ','), texts));
        assertEquals(ElementType.INT, laneOf(Fields.intAt(1, ','), texts).type());
        assertInstanceOf(DoubleColumn.class, laneOf(Fields.doubleAt(2, ','), texts));
        assertEquals(
                ElementType.BOOLEAN,
                laneOf(Fields.testAt(0, ',', Text.equalTo("a")), texts).type());
    }

    private Column laneOf(Function<String, ?> function, List<String> texts) throws Exception {
        Column[] seen = new Column[1];
        PlanNode step = new PlanNode.RowMap(ID, INPUT, Shape.ROW, function);
        ChunkSink head = new Pipelines(policy).open(List.of(step), chunk -> seen[0] = chunk.first());
        head.accept(bytesOf(texts, 0));
        return seen[0];
    }

    @Test
    void aDelimiterThatIsNotAsciiIsLeftToTheFunction() {
        assertNull(LaneOperator.of(new PlanNode.RowMap(ID, INPUT, Shape.ROW, (Serializable) Fields.textAt(0, '€'))));
        assertNull(LaneOperator.of(new PlanNode.RowMap(ID, INPUT, Shape.ROW, Fields.longAt(1, 'é'))));
        assertNull(LaneOperator.of(new PlanNode.RowFlatMap(ID, INPUT, Shape.ROW, Text.split('é'))));
    }

    @Test
    void aPairWithOneLambdaInItIsLeftToTheFunctions() {
        PairFunction<String, String, Integer> pair = Typed.pair(Fields.textAt(0, ','), text -> text.length());
        assertNull(LaneOperator.of(new PlanNode.RowMap(ID, INPUT, Shape.PAIR, pair)));
    }

    /** What a text adds to the result. */
    private interface Meaning {
        void add(String text, List<Object> out) throws Exception;
    }

    /** Run the step over bytes and over strings, in one chunk and in two, and hold both against the meaning. */
    private void check(PlanNode step, List<String> texts, Meaning meaning) throws Exception {
        List<Object> expected = new ArrayList<>();
        String refused = null;
        Throwable cause = null;
        for (String text : texts) {
            try {
                meaning.add(text, expected);
            } catch (Exception thrown) {
                refused = text;
                cause = thrown;
                break;
            }
        }
        assertNotNull(LaneOperator.of(step), "a lane for " + step);
        for (List<Chunk> chunks : List.of(
                List.of(bytesOf(texts, 3)),
                List.of(stringsOf(texts)),
                List.of(bytesOf(texts, 0), stringsOf(List.of()), bytesOf(List.of(), 0)))) {
            List<Object> seen = new ArrayList<>();
            ChunkSink head = new Pipelines(policy).open(List.of(step), chunk -> addAll(chunk, seen));
            if (refused == null) {
                feed(head, chunks);
                assertEquals(expected, seen, () -> step + " of " + texts);
            } else {
                FunctionFailure failed = assertThrows(FunctionFailure.class, () -> feed(head, chunks));
                assertEquals(ID, failed.operator());
                assertEquals(refused, failed.record());
                assertEquals(cause.getClass(), failed.getCause().getClass());
                assertEquals(cause.getMessage(), failed.getCause().getMessage());
            }
        }
    }

    private static void feed(ChunkSink head, List<Chunk> chunks) throws Exception {
        for (Chunk chunk : chunks) {
            head.accept(chunk);
        }
        head.finish();
    }

    private static void addAll(Chunk chunk, List<Object> seen) {
        for (int row = 0; row < chunk.rows(); row++) {
            Object first = chunk.first().get(row);
            seen.add(chunk.isPair() ? new Tuple2<>(first, chunk.second().get(row)) : first);
        }
    }

    /** The texts as UTF-8, one after the other, with bytes between them that look as if they went on. */
    private static Chunk bytesOf(List<String> texts, int between) {
        int size = 16;
        for (String text : texts) {
            size += text.getBytes(StandardCharsets.UTF_8).length + between;
        }
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[size]);
        BytesColumn column = new BytesColumn();
        column.wrap(buffer, ElementType.UTF8);
        int at = 0;
        for (int row = 0; row < texts.size(); row++) {
            byte[] bytes = texts.get(row).getBytes(StandardCharsets.UTF_8);
            buffer.putBytes(at, bytes);
            column.starts()[row] = at;
            column.ends()[row] = at + bytes.length;
            at += bytes.length;
            buffer.putBytes(at, "7,\n".getBytes(StandardCharsets.UTF_8), 0, between);
            at += between;
        }
        Chunk chunk = new Chunk();
        chunk.set(column, texts.size());
        return chunk;
    }

    private static Chunk stringsOf(List<String> texts) {
        RefColumn column = new RefColumn();
        for (int row = 0; row < texts.size(); row++) {
            column.values()[row] = texts.get(row);
        }
        Chunk chunk = new Chunk();
        chunk.set(column, texts.size());
        return chunk;
    }

    private static List<String> texts(Random random) {
        boolean calm = random.nextBoolean();
        List<String> texts = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            texts.add(calm ? calm(random) : wild(random));
        }
        return texts;
    }

    /** Fields as programs have them, so that most functions succeed. */
    private static String calm(Random random) {
        StringBuilder text = new StringBuilder();
        for (int field = 0; field < 4; field++) {
            text.append(field == 0 ? "" : ",");
            text.append(random.nextInt(3) == 0 ? "-" : "");
            text.append(random.nextLong() >>> random.nextInt(64) & Long.MAX_VALUE);
        }
        return text.toString();
    }

    private static String wild(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(10); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static Function<String, ?> mapOf(Random random) {
        int index = random.nextInt(3);
        char delimiter = ",,,\t\u0000".charAt(random.nextInt(5));
        return switch (random.nextInt(12)) {
            case 0, 1 -> Fields.textAt(index, delimiter);
            case 2 -> Fields.intAt(index, delimiter);
            case 3 -> Fields.doubleAt(index, delimiter);
            case 4 -> Text.trim();
            case 5 -> Text.lowerCase();
            case 6 -> Text.upperCase();
            case 7 -> Text.length();
            case 8 -> Text.parseInt();
            case 9 -> Text.parseDouble();
            case 10 -> testOf(random);
            default -> longOf(random);
        };
    }

    private static ToLong<String> longOf(Random random) {
        return random.nextInt(4) == 0 ? Text.parseLong() : Fields.longAt(random.nextInt(3), ',');
    }

    private static ToBoolean<String> testOf(Random random) {
        String piece = PIECES[random.nextInt(PIECES.length)];
        return switch (random.nextInt(7)) {
            case 0 -> Text.contains(piece);
            case 1 -> Text.startsWith(piece);
            case 2 -> Text.endsWith(piece);
            case 3 -> Text.equalTo(piece);
            case 4 -> Text.isBlank();
            case 5 -> Typed.not(testOf(random));
            default -> Fields.testAt(random.nextInt(3), ',', testOf(random));
        };
    }
}
