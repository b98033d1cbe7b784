package io.millrace.offheap.codec;

import java.util.List;

/**
 * How objects are held as bytes in memory by one engine: which classes may be, and the numbers that name them there. Safe from
 * several threads, each with a codec of its own.
 */
public final class ObjectEncoding {
    private final RecordClasses classes;
    private final ClassTable numbers = new ClassTable();
    private final ValueCodec describing;

    /**
     * An encoding that has not met a class yet.
     *
     * @param classes whose objects may be held so
     */
    public ObjectEncoding(RecordClasses classes) {
        this.classes = classes;
        this.describing = newCodec();
    }

    /**
     * Whose objects may be held so.
     *
     * @return what was given to the constructor
     */
    public RecordClasses classes() {
        return classes;
    }

    /**
     * A codec that reads what others of this encoding wrote.
     *
     * @return a new one, for one thread
     */
    public ValueCodec newCodec() {
        ValueCodec codec = new ValueCodec(classes);
        codec.use(numbers);
        return codec;
    }

    // ---- names, for whoever keeps the bytes longer than this encoding lives ----

    /**
     * How many classes have a number.
     *
     * @return a count that only grows
     */
    public int size() {
        return numbers.size();
    }

    /**
     * The name to be kept for a number.
     *
     * @param number below {@link #size}
     * @return as {@link Class#getName} has it
     */
    public String nameOf(int number) {
        return describing.nameOf(number);
    }

    /**
     * What the bytes of a class's objects depend on, to be kept with its name.
     *
     * @param number below {@link #size}
     * @return its fields, or who writes it; empty for classes of the JDK
     */
    public synchronized String schemaOf(int number) {
        return describing.schemaOf(number);
    }

    /**
     * A codec for bytes that an encoding wrote that is gone. It reads only: what it would write has numbers of its own.
     *
     * @param classes whose objects may be read
     * @param names of the classes with the numbers 0, 1, 2 …, as {@link #nameOf} gave them
     * @param schemas of the same, as {@link #schemaOf} gave them
     * @return a new one, for one thread
     * @throws UnregisteredClassException if the program did not register a class of one of these names
     * @throws UnreadableRecordException if there are not as many schemas as names, or a class's objects were written with other
     *     fields
     */
    public static ValueCodec reading(RecordClasses classes, List<String> names, List<String> schemas) {
        return reading(classes, names, schemas, ValueCodec::learn);
    }

    /**
     * As {@link #reading}, but a class that cannot be read is refused when one of its objects is read, with what {@link #reading}
     * would throw.
     */
    public static ValueCodec readingWhatIsMet(RecordClasses classes, List<String> names, List<String> schemas) {
        return reading(classes, names, schemas, (codec, name, schema) -> codec.learnUntilMet(name, schema, false));
    }

    /**
     * As {@link #readingWhatIsMet}, for keys: those of an earlier form of a class are refused, for nobody could say what becomes of
     * two that are one in the later form.
     */
    public static ValueCodec readingKeys(RecordClasses classes, List<String> names, List<String> schemas) {
        return reading(classes, names, schemas, (codec, name, schema) -> codec.learnUntilMet(name, schema, true));
    }

    @FunctionalInterface
    private interface Learning {
        void learn(ValueCodec codec, String name, String schema);
    }

    private static ValueCodec reading(
            RecordClasses classes, List<String> names, List<String> schemas, Learning learning) {
        if (names.size() != schemas.size()) {
            throw new UnreadableRecordException(
                    names.size() + " classes are named, and the fields of " + schemas.size() + " are given");
        }
        ValueCodec codec = new ValueCodec(classes);
        for (int number = 0; number < names.size(); number++) {
            learning.learn(codec, names.get(number), schemas.get(number));
        }
        return codec;
    }
}
