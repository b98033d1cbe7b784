package io.millrace.offheap.codec;

/** Objects were written of a class that looks otherwise now. Names it, and both forms. */
public final class ChangedClassException extends UnreadableRecordException {
    private static final long serialVersionUID = 1L;

    private final String className;

    /**
     * About a class.
     *
     * @param className as the bytes name it
     * @param written its schema then
     * @param present its schema now
     */
    public ChangedClassException(String className, String written, String present) {
        super("objects of class " + className + " were written as " + written + ", and the class is now " + present
                + "; read them with the class as it was: keep it under another name, and say so with"
                + " conf.registerFormerName(\"" + className + "\", TheOldOne.class)");
        this.className = className;
    }

    /**
     * Which class.
     *
     * @return its name in the bytes
     */
    public String className() {
        return className;
    }
}
