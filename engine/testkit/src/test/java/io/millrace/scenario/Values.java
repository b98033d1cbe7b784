package io.millrace.scenario;

import io.millrace.api.Tuple2;
import io.millrace.api.function.Function2;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Functions of values of any class, which do not depend on the order of what they are given. */
final class Values {
    /** The greatest by its text; equal texts are equal values. */
    static final Function2<Object, Object, Object> GREATEST = (a, b) -> {
        int order = asText(a).compareTo(asText(b));
        return order < 0 || order == 0 && b instanceof String ? b : a;
    };

    static final Function2<Object, Object, Object> TEXT_OF_GREATEST = (a, b) -> asText(GREATEST.call(a, b));

    private static final Comparator<Object> ORDER = (a, b) -> {
        int order = asText(a).compareTo(asText(b));
        return order != 0 ? order : Boolean.compare(a instanceof String, b instanceof String);
    };

    private Values() {}

    /** The order of their texts; only what is equal is in the same place. */
    static Comparator<Object> order() {
        return ORDER;
    }

    /** A value whose class depends on the number. */
    static Object mixed(int number) {
        return switch (Math.floorMod(number, 7)) {
            case 0 -> null;
            case 1 -> (long) number;
            case 2 -> "t" + number;
            case 3 -> number * 0.5;
            default -> number;
        };
    }

    /** Such a value for the length of a record's text. */
    static Object mixedOf(Object record) {
        return mixed(lengthOf(record));
    }

    static int lengthOf(Object record) {
        return String.valueOf(record).length();
    }

    /** A record under such a value. */
    static Tuple2<Object, Object> keyedByLength(Object record) {
        return new Tuple2<>(mixedOf(record), record);
    }

    /** Says yes to some records, always to the same. */
    static boolean some(Object record) {
        return String.valueOf(record).hashCode() % 3 != 0;
    }

    /** The values in an order that does not depend on theirs. */
    static List<Object> sorted(Iterable<?> values) {
        List<Object> list = new ArrayList<>();
        values.forEach(list::add);
        list.sort(ORDER);
        return list;
    }

    /** A text that tells values of different classes apart; that of such a text is itself, so that reducing may be repeated. */
    static String asText(Object value) {
        if (value == null) {
            return "as null";
        } else if (value instanceof Tuple2<?, ?> pair) {
            return "as (" + asText(pair._1) + "," + asText(pair._2) + ")";
        } else if (value instanceof List<?> list) {
            return "as " + list.stream().map(Values::asText).toList();
        } else if (value instanceof Optional<?> optional) {
            return "as " + optional.map(Values::asText);
        }
        boolean isText = value instanceof String text && text.startsWith("as ");
        return isText ? (String) value : "as " + value + value.getClass().getSimpleName();
    }
}
