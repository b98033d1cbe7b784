package io.millrace.engine.function;

/** Texts of objects that are the program's: their {@code toString} may be long, or may throw. */
public final class Texts {
    private static final int SHOWN_CHARACTERS = 200;

    private Texts() {}

    /** The object's text, of at most about 200 characters; never throws. */
    public static String shortened(Object object) {
        String text;
        try {
            text = String.valueOf(object);
        } catch (RuntimeException | StackOverflowError broken) {
            return object.getClass().getName() + " whose toString threw "
                    + broken.getClass().getName();
        }
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }

    /** What a throwable says of itself; never throws. */
    public static String messageOf(Throwable thrown) {
        try {
            return String.valueOf(thrown.getMessage());
        } catch (RuntimeException | StackOverflowError broken) {
            return thrown.getClass().getName() + " whose message threw "
                    + broken.getClass().getName();
        }
    }
}
