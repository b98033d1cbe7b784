package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class TupleTest {

    @Test
    void hasFieldsAndAccessorsOfTheSameNames() {
        Tuple2<String, Integer> pair = new Tuple2<>("a", 1);
        assertEquals("a", pair._1);
        assertEquals("a", pair._1());
        assertEquals(1, pair._2);
        assertEquals(1, pair._2());

        Tuple3<String, Integer, Boolean> triple = new Tuple3<>("a", 1, true);
        assertEquals(triple._1, triple._1());
        assertEquals(triple._2, triple._2());
        assertEquals(triple._3, triple._3());
    }

    @Test
    void printsAsScalaDoes() {
        assertEquals("(hello,1)", new Tuple2<>("hello", 1).toString());
        assertEquals("(null,(a,2))", new Tuple2<>(null, new Tuple2<>("a", 2)).toString());
        assertEquals("(a,1,true)", new Tuple3<>("a", 1, true).toString());
    }

    @Test
    void isEqualWhenItsValuesAre() {
        assertEquals(new Tuple2<>("a", null), new Tuple2<>("a", null));
        assertEquals(new Tuple2<>("a", 1).hashCode(), new Tuple2<>("a", 1).hashCode());
        assertNotEquals(new Tuple2<>("a", 1), new Tuple2<>("a", 1L));
        assertNotEquals(new Tuple2<>("a", "b"), new Tuple2<>("b", "a"));
        assertEquals(new Tuple3<>(1, 2, 3), new Tuple3<>(1, 2, 3));
        assertEquals(new Tuple3<>(1, 2, 3).hashCode(), new Tuple3<>(1, 2, 3).hashCode());
        assertNotEquals(new Tuple3<>(1, 2, 3), new Tuple3<>(1, 2, 4));
    }

    @Test
    void swapsItsValues() {
        assertEquals(new Tuple2<>(1, "a"), new Tuple2<>("a", 1).swap());
    }

    @Test
    void comesBackEqualFromSerialization() {
        assertEquals(new Tuple2<>("a", 1), Serialized.copyOf(new Tuple2<>("a", 1)));
        assertEquals(new Tuple3<>("a", 1, 2L), Serialized.copyOf(new Tuple3<>("a", 1, 2L)));
    }
}
