package io.millrace.scenario;

import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Where a random program has come to: what its records are there. */
final class Place {
    /** A class of records; {@code OBJECT} is a mix of classes and nulls. */
    enum Kind {
        TEXT,
        INT,
        LONG,
        DOUBLE,
        BOOLEAN,
        OBJECT;

        static Kind of(Object constant) {
            if (constant instanceof Integer) {
                return INT;
            } else if (constant instanceof Long) {
                return LONG;
            } else if (constant instanceof Double) {
                return DOUBLE;
            }
            return constant instanceof Boolean ? BOOLEAN : OBJECT;
        }
    }

    final RandomGenerator random;
    private boolean pairs;
    private Kind kind = Kind.TEXT;
    private Kind keyKind;

    Place(RandomGenerator random) {
        this.random = random;
    }

    boolean pairs() {
        return pairs;
    }

    /** Of a plain stream's records, and of a keyed one's values. */
    Kind kind() {
        return kind;
    }

    Kind keyKind() {
        return keyKind;
    }

    /** The kind of whole records. */
    Kind recordKind() {
        return pairs ? Kind.OBJECT : kind;
    }

    /** A step to plain records of that kind. */
    Step plain(Kind next, Step step) {
        pairs = false;
        kind = next;
        return step;
    }

    /** A step to keyed records. */
    Step keyed(Kind key, Kind value, Step step) {
        pairs = true;
        keyKind = key;
        kind = value;
        return step;
    }

    /** A step from keyed records to the same keys with values of another kind. */
    Step valued(Kind value, Step step) {
        return keyed(keyKind, value, step);
    }

    @SafeVarargs
    final Step oneOf(Supplier<Step>... choices) {
        return choices[random.nextInt(choices.length)].get();
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
