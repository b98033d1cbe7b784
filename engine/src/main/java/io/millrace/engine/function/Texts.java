package io.millrace.engine.function;

/** Texts of exceptions that are the program's: asking for them may throw. */
public final class Texts {
    private Texts() {}

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
