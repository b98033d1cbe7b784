package io.millrace.offheap.codec;

/** An object of a class that was not registered would have to be written, or read. Names the class and the line to add. */
public final class UnregisteredClassException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String className;

    /**
     * About a class.
     *
     * @param className as {@link Class#getTypeName} has it
     * @param what is not done, such as {@code written}
     */
    public UnregisteredClassException(String className, String what) {
        super("an object of class " + className + " is not " + what + ": the class is not registered; add"
                + " conf.registerKryoClasses(new Class<?>[] {" + className.replace('$', '.')
                + ".class}) before the context is made");
        this.className = className;
    }

    /**
     * Which class.
     *
     * @return its name
     */
    public String className() {
        return className;
    }
}
