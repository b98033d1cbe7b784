package io.millrace.offheap.codec;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Any record: numbers, texts, bytes and pairs in a form of our own, other objects of {@linkplain RecordClasses known classes} in
 * Kryo's. The form is that of values in {@code docs/object-file-format.md}.
 *
 * <p>Thread: one owner. Memory: a Kryo of its own once the first object is met, a few hundred KB.
 */
public final class ValueCodec implements RecordCodec<Object> {
    private static final int MAX_DEPTH = 64;

    static final int NULL = 0;
    static final int INTEGER = 1;
    static final int LONG = 2;
    static final int FALSE = 3;
    static final int TRUE = 4;
    static final int DOUBLE = 5;
    static final int FLOAT = 6;
    static final int SHORT = 7;
    static final int BYTE = 8;
    static final int CHARACTER = 9;
    static final int TEXT = 10;
    static final int UTF16_TEXT = 11;
    static final int BYTES = 12;
    static final int PAIR = 13;
    static final int OBJECT = 14;

    private final RecordClasses classes;
    private ClassTable table;
    private KryoCodec objects;

    /**
     * A codec with a table of its own.
     *
     * @param classes whose objects may be written and read
     */
    public ValueCodec(RecordClasses classes) {
        this.classes = classes;
        use(new ClassTable());
    }

    /**
     * Name classes by another table.
     *
     * @param numbers from now on; grows with the classes that are written
     */
    public void use(ClassTable numbers) {
        table = numbers;
        if (objects != null) {
            objects.use(numbers);
        }
    }

    /**
     * Read a class's name where a table is kept: the class gets the table's next number.
     *
     * @param name as {@link #nameOf} gave it
     * @param schema as {@link #schemaOf} gave it
     * @throws UnregisteredClassException if the program did not register a class of that name
     * @throws UnreadableRecordException if the class's objects were written with other fields
     */
    public void learn(String name, String schema) {
        int expected = table.size();
        if (table.idOf(meant(name, schema)) != expected) {
            throw new UnreadableRecordException("class " + name + " is named twice");
        }
    }

    /** As {@link #learn}, but a class that cannot be read is refused when one of its objects is met. */
    void learnUntilMet(String name, String schema, boolean isOfKeys) {
        try {
            Class<?> meant = meant(name, schema);
            if (isOfKeys && meant != classes.named(name).get(0)) {
                throw new UnreadableRecordException("keys were written as an earlier form of class " + name + ", "
                        + meant.getTypeName()
                        + ", and keys stay what they are: two of them might become one, with two values."
                        + " Keep the class of keys as it was");
            }
            int expected = table.size();
            if (table.idOf(meant) != expected) {
                throw new UnreadableRecordException("class " + name + " is named twice");
            }
        } catch (UnregisteredClassException | UnreadableRecordException unreadable) {
            table.addUnreadable(unreadable);
        }
    }

    /** The class whose objects were written under a name, in a form. */
    private Class<?> meant(String name, String schema) {
        List<Class<?>> known = classes.named(name);
        if (known.isEmpty()) {
            throw new UnregisteredClassException(typeNameOf(name), "read");
        }
        List<Class<?>> fitting = known.stream()
                .filter(type -> classes.isSameSchema(objects().schemaOf(type), schema))
                .toList();
        if (fitting.isEmpty()) {
            throw new ChangedClassException(name, schema, objects().schemaOf(known.get(0)));
        }
        if (fitting.size() > 1) {
            throw new UnreadableRecordException("objects written as class " + name + " " + schema + " may be of "
                    + fitting.stream().map(Class::getTypeName).toList()
                    + ", which all look so; leave one of them registered under that name");
        }
        return fitting.get(0);
    }

    /** The Java name of an array, whose class's name says it otherwise. */
    private static String typeNameOf(String name) {
        int dimensions = name.lastIndexOf('[') + 1;
        if (dimensions == 0 || !name.endsWith(";") || name.length() < dimensions + 3) {
            return name;
        }
        return name.substring(dimensions + 1, name.length() - 1) + "[]".repeat(dimensions);
    }

    /**
     * The name to be kept for a number.
     *
     * @param id below the table's size
     * @return as {@link Class#getName} has it
     */
    public String nameOf(int id) {
        return table.classOf(id).getName();
    }

    /**
     * What the bytes of a class's objects depend on, to be kept with its name.
     *
     * @param id below the table's size
     * @return its fields, or who writes it; empty for classes of the JDK
     */
    public String schemaOf(int id) {
        return objects().schemaOf(table.classOf(id));
    }

    private KryoCodec objects() {
        if (objects == null) {
            objects = new KryoCodec(classes);
            objects.use(table);
        }
        return objects;
    }

    // ---- write ----

    @Override
    public void write(Object value, ByteBuilder out) {
        write(value, out, 0);
    }

    private void write(Object value, ByteBuilder out, int depth) {
        if (value == null) {
            out.putByte(NULL);
        } else if (value instanceof String text) {
            writeText(text, out);
        } else if (value instanceof Integer number) {
            out.putByte(INTEGER);
            out.putInt(number);
        } else if (value instanceof Long number) {
            out.putByte(LONG);
            out.putLong(number);
        } else if (value instanceof Boolean flag) {
            out.putByte(flag ? TRUE : FALSE);
        } else if (value instanceof Double number) {
            out.putByte(DOUBLE);
            out.putLong(Double.doubleToRawLongBits(number));
        } else if (value.getClass() == classes.pairs().type()) {
            writePair(value, out, depth);
        } else {
            writeOther(value, out);
        }
    }

    private void writeOther(Object value, ByteBuilder out) {
        if (value instanceof byte[] bytes) {
            out.putByte(BYTES);
            out.putInt(bytes.length);
            out.putBytes(bytes, 0, bytes.length);
        } else if (value instanceof Float number) {
            out.putByte(FLOAT);
            out.putInt(Float.floatToRawIntBits(number));
        } else if (value instanceof Short number) {
            out.putByte(SHORT);
            out.putShort(number);
        } else if (value instanceof Byte number) {
            out.putByte(BYTE);
            out.putByte(number);
        } else if (value instanceof Character unit) {
            out.putByte(CHARACTER);
            out.putShort(unit);
        } else {
            out.putByte(OBJECT);
            int lengthAt = out.length();
            out.putInt(0);
            objects().write(value, out);
            out.setInt(lengthAt, out.length() - lengthAt - Integer.BYTES);
        }
    }

    private static void writeText(String text, ByteBuilder out) {
        int at = out.length();
        out.putByte(TEXT);
        out.putInt(0);
        if (out.putUtf8(text)) {
            out.setInt(at + 1, out.length() - at - 1 - Integer.BYTES);
            return;
        }
        out.truncate(at);
        out.putByte(UTF16_TEXT);
        out.putInt(Math.multiplyExact(text.length(), Character.BYTES));
        for (int i = 0; i < text.length(); i++) {
            out.putShort(text.charAt(i));
        }
    }

    private void writePair(Object pair, ByteBuilder out, int depth) {
        if (depth == MAX_DEPTH) {
            throw new IllegalArgumentException("a pair in a pair, " + MAX_DEPTH + " deep, is not written");
        }
        out.putByte(PAIR);
        write(classes.pairs().key(pair), out, depth + 1);
        write(classes.pairs().value(pair), out, depth + 1);
    }

    // ---- read ----

    @Override
    public Object read(byte[] bytes, int offset, int length) {
        ByteBuffer in = ByteBuffer.wrap(bytes, offset, length).order(ByteOrder.LITTLE_ENDIAN);
        Object value;
        try {
            value = read(in, 0);
        } catch (BufferUnderflowException cut) {
            throw new UnreadableRecordException("a value of " + length + " bytes is cut", cut);
        }
        if (in.hasRemaining()) {
            throw new UnreadableRecordException(in.remaining() + " bytes are left over behind a value");
        }
        return value;
    }

    private Object read(ByteBuffer in, int depth) {
        int tag = in.get();
        return switch (tag) {
            case NULL -> null;
            case INTEGER -> in.getInt();
            case LONG -> in.getLong();
            case FALSE -> false;
            case TRUE -> true;
            case DOUBLE -> Double.longBitsToDouble(in.getLong());
            case FLOAT -> Float.intBitsToFloat(in.getInt());
            case SHORT -> in.getShort();
            case BYTE -> in.get();
            case CHARACTER -> (char) in.getShort();
            case TEXT -> readText(in);
            case UTF16_TEXT -> readUtf16(in);
            case BYTES -> readBytes(in);
            case PAIR -> readPair(in, depth);
            case OBJECT -> readObject(in);
            default -> throw new UnreadableRecordException("a value begins with " + tag + ", expected 0 to " + OBJECT);
        };
    }

    private static int lengthIn(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new UnreadableRecordException(
                    "a length of " + length + " bytes is claimed where " + in.remaining() + " are left");
        }
        return length;
    }

    private static int skipped(ByteBuffer in, int length) {
        int at = in.arrayOffset() + in.position();
        in.position(in.position() + length);
        return at;
    }

    private static String readText(ByteBuffer in) {
        int length = lengthIn(in);
        int at = skipped(in, length);
        if (!Utf8.isValid(in.array(), at, length)) {
            throw new UnreadableRecordException("a text of " + length + " bytes is not valid UTF-8");
        }
        return new String(in.array(), at, length, StandardCharsets.UTF_8);
    }

    private static String readUtf16(ByteBuffer in) {
        int length = lengthIn(in);
        if (length % Character.BYTES != 0) {
            throw new UnreadableRecordException("a text in UTF-16 has " + length + " bytes, expected an even number");
        }
        char[] units = new char[length / Character.BYTES];
        for (int i = 0; i < units.length; i++) {
            units[i] = in.getChar();
        }
        return new String(units);
    }

    private static byte[] readBytes(ByteBuffer in) {
        byte[] bytes = new byte[lengthIn(in)];
        in.get(bytes);
        return bytes;
    }

    private Object readPair(ByteBuffer in, int depth) {
        if (depth == MAX_DEPTH) {
            throw new UnreadableRecordException("a pair in a pair, " + MAX_DEPTH + " deep");
        }
        Object key = read(in, depth + 1);
        return classes.pairs().pair(key, read(in, depth + 1));
    }

    private Object readObject(ByteBuffer in) {
        int length = lengthIn(in);
        return objects().read(in.array(), skipped(in, length), length);
    }
}
