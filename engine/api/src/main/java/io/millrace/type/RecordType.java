package io.millrace.type;

import java.io.ObjectStreamException;
import java.io.Serializable;
import java.util.Objects;

/**
 * What kind of value a stream's records are: the logical type, from which the engine chooses the lane that holds them.
 *
 * <p>A type is declared by a function or a source, or it is {@link #UNKNOWN} and observed at the first records. A
 * declared type is a promise that can still be broken (by a null, say), so whoever fills a lane guards it.
 *
 * <p>Each type but a pair exists once and may be compared with {@code ==}.
 */
public final class RecordType implements Serializable {

    /** The kinds of type, to switch over. */
    public enum Kind {
        /** An {@link Integer}. */
        INT,
        /** A {@link Long}. */
        LONG,
        /** A {@link Double}. */
        DOUBLE,
        /** A {@link Float}. */
        FLOAT,
        /** A {@link Boolean}. */
        BOOLEAN,
        /** Text that was born as UTF-8 bytes; whoever asks for it as an object gets a {@link String}. */
        UTF8,
        /** Bytes that were stored as bytes; as an object a {@code byte[]}. */
        BYTES,
        /** Any object, held by reference; strings made by functions too. */
        REF,
        /** A key and a value, each of its own type. */
        PAIR,
        /** Not declared: to be observed. */
        UNKNOWN
    }

    public static final RecordType INT = new RecordType(Kind.INT);
    public static final RecordType LONG = new RecordType(Kind.LONG);
    public static final RecordType DOUBLE = new RecordType(Kind.DOUBLE);
    public static final RecordType FLOAT = new RecordType(Kind.FLOAT);
    public static final RecordType BOOLEAN = new RecordType(Kind.BOOLEAN);
    public static final RecordType UTF8 = new RecordType(Kind.UTF8);
    public static final RecordType BYTES = new RecordType(Kind.BYTES);
    public static final RecordType REF = new RecordType(Kind.REF);
    public static final RecordType UNKNOWN = new RecordType(Kind.UNKNOWN);

    private final Kind kind;
    private final RecordType key;
    private final RecordType value;

    private RecordType(Kind kind) {
        this.kind = kind;
        this.key = null;
        this.value = null;
    }

    private RecordType(RecordType key, RecordType value) {
        this.kind = Kind.PAIR;
        this.key = Objects.requireNonNull(key, "key");
        this.value = Objects.requireNonNull(value, "value");
    }

    /** Returns the type of pairs with such a key and such a value. */
    public static RecordType pair(RecordType key, RecordType value) {
        return new RecordType(key, value);
    }

    /**
     * Returns the type of records of class {@code recordClass} as a source stores them: a {@link String} as UTF8, a
     * {@code byte[]} as BYTES, boxed and primitive numbers as themselves, a class that several lanes could hold
     * ({@link Object}, {@link Number}, {@link Comparable}, …) as UNKNOWN, any other as REF.
     */
    public static RecordType of(Class<?> recordClass) {
        if (recordClass == String.class) {
            return UTF8;
        }
        if (recordClass == byte[].class) {
            return BYTES;
        }
        return ofResult(recordClass);
    }

    /**
     * Returns the type of a function's result of class {@code resultClass}: as {@link #of}, but a {@link String} or a
     * {@code byte[]} is REF, since it exists as an object already.
     */
    public static RecordType ofResult(Class<?> resultClass) {
        if (resultClass == Integer.class || resultClass == int.class) {
            return INT;
        }
        if (resultClass == Long.class || resultClass == long.class) {
            return LONG;
        }
        if (resultClass == Double.class || resultClass == double.class) {
            return DOUBLE;
        }
        if (resultClass == Float.class || resultClass == float.class) {
            return FLOAT;
        }
        if (resultClass == Boolean.class || resultClass == boolean.class) {
            return BOOLEAN;
        }
        boolean mayHoldPrimitive =
                resultClass.isAssignableFrom(Integer.class) || resultClass.isAssignableFrom(Boolean.class);
        return mayHoldPrimitive ? UNKNOWN : REF;
    }

    /**
     * Returns the type of one value that exists as an object: by its class as {@link #ofResult} has it, and REF for
     * null.
     */
    public static RecordType ofValue(Object value) {
        return value == null ? REF : ofResult(value.getClass());
    }

    /** Which kind of type this is, to switch over. */
    public Kind kind() {
        return kind;
    }

    /** Whether this is a key and a value. */
    public boolean isPair() {
        return kind == Kind.PAIR;
    }

    /** Whether nothing in this type has to be observed; of a pair, neither key nor value. */
    public boolean isKnown() {
        return isPair() ? key.isKnown() && value.isKnown() : kind != Kind.UNKNOWN;
    }

    /**
     * The type of a pair's key.
     *
     * @throws IllegalStateException if this is no pair
     */
    public RecordType key() {
        requirePair();
        return key;
    }

    /**
     * The type of a pair's value.
     *
     * @throws IllegalStateException if this is no pair
     */
    public RecordType value() {
        requirePair();
        return value;
    }

    private void requirePair() {
        if (!isPair()) {
            throw new IllegalStateException(
                    "record type " + kind + " has no key and value, only PAIR has; ask isPair() first");
        }
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof RecordType that
                        && kind == that.kind
                        && Objects.equals(key, that.key)
                        && Objects.equals(value, that.value));
    }

    @Override
    public int hashCode() {
        return isPair() ? 31 * key.hashCode() + value.hashCode() : kind.hashCode();
    }

    /** {@code INT}, or {@code PAIR(UTF8, INT)}. */
    @Override
    public String toString() {
        return isPair() ? "PAIR(" + key + ", " + value + ")" : kind.name();
    }

    /** Keeps the types that exist once single when they are read back from a serialized function. */
    private Object readResolve() throws ObjectStreamException {
        return switch (kind) {
            case INT -> INT;
            case LONG -> LONG;
            case DOUBLE -> DOUBLE;
            case FLOAT -> FLOAT;
            case BOOLEAN -> BOOLEAN;
            case UTF8 -> UTF8;
            case BYTES -> BYTES;
            case REF -> REF;
            case UNKNOWN -> UNKNOWN;
            case PAIR -> this;
        };
    }
}
