package io.millrace.offheap.codec;

/**
 * How objects are held as bytes in memory by one engine: which classes may be, and the numbers that name them there. Safe from
 * several threads, each with a codec of its own.
 */
public final class ObjectEncoding {
    private final RecordClasses classes;
    private final ClassTable numbers = new ClassTable();

    /**
     * An encoding that has not met a class yet.
     *
     * @param classes whose objects may be held so
     */
    public ObjectEncoding(RecordClasses classes) {
        this.classes = classes;
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
}
