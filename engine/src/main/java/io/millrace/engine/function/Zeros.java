package io.millrace.engine.function;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.function.Supplier;

/**
 * Copies of what an aggregation begins with, so that functions may change theirs in place, as programs written for Spark do.
 * A copy is made by Java's serialization, of bytes that never leave this object.
 */
public final class Zeros {
    private Zeros() {}

    /**
     * Makes copies of {@code zero}; or gives it itself if it is of a type that never changes.
     *
     * @throws IllegalArgumentException if it cannot be copied; names its class
     */
    @SuppressWarnings("unchecked") // a copy is of the class of what it copies
    public static <U> Supplier<U> of(String operator, U zero) {
        if (isConstant(zero)) {
            return () -> zero;
        } else if (isEmpty(zero, ArrayList.class)) {
            return () -> (U) new ArrayList<>();
        } else if (isEmpty(zero, HashSet.class)) {
            return () -> (U) new HashSet<>();
        } else if (zero.getClass() == HashMap.class && ((HashMap<?, ?>) zero).isEmpty()) {
            return () -> (U) new HashMap<>();
        }
        byte[] bytes = written(operator, zero);
        ClassLoader loader = zero.getClass().getClassLoader();
        return () -> (U) read(bytes, loader);
    }

    private static boolean isConstant(Object zero) {
        return zero == null
                || zero instanceof Number && zero.getClass().getName().startsWith("java.lang.")
                || zero instanceof String
                || zero instanceof Boolean
                || zero instanceof Character
                || zero instanceof Enum<?>
                || zero instanceof Temporal
                || zero instanceof TemporalAmount;
    }

    private static boolean isEmpty(Object zero, Class<?> type) {
        return zero.getClass() == type && ((Collection<?>) zero).isEmpty();
    }

    private static byte[] written(String operator, Object zero) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(zero);
        } catch (IOException cannot) {
            throw new IllegalArgumentException(
                    operator + ": the zero, a " + zero.getClass().getName()
                            + ", is copied for each use and cannot be: " + cannot
                            + "; let it be " + Serializable.class.getName()
                            + ", or use combineByKey, which makes its own",
                    cannot);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes, ClassLoader loader) {
        try (ObjectInputStream in = new LoadingInput(new ByteArrayInputStream(bytes), loader)) {
            return in.readObject();
        } catch (IOException failed) {
            throw new UncheckedIOException("a zero could be written and cannot be read", failed);
        } catch (ClassNotFoundException unknown) {
            throw new IllegalStateException("a zero could be written and cannot be read", unknown);
        }
    }

    /** Finds the program's classes. */
    private static final class LoadingInput extends ObjectInputStream {
        private final ClassLoader loader;

        LoadingInput(InputStream bytes, ClassLoader loader) throws IOException {
            super(bytes);
            this.loader = loader;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass described) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(described.getName(), false, loader);
            } catch (ClassNotFoundException unknown) {
                return super.resolveClass(described);
            }
        }
    }
}
