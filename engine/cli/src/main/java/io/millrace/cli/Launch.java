package io.millrace.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/** Runs a program's main method as the {@code java} command would. */
final class Launch {
    private Launch() {}

    /**
     * Runs {@code program.main(arguments)} on this thread.
     *
     * @return 0, or 1 if it threw; then the stack trace, without our part of it, is on standard error
     */
    static int mainOf(Class<?> program, String... arguments) throws ReflectiveOperationException {
        InvocationTargetException failure = failureOf(program, arguments);
        return failure == null ? 0 : report(failure.getCause(), failure.getStackTrace());
    }

    /**
     * Runs {@code program.main(arguments)} on this thread.
     *
     * @return what it threw, as the cause; null if it returned
     */
    static InvocationTargetException failureOf(Class<?> program, String... arguments)
            throws ReflectiveOperationException {
        Method main = program.getDeclaredMethod("main", String[].class);
        main.setAccessible(true); // of a class that is not public
        Thread.currentThread().setContextClassLoader(program.getClassLoader());
        try {
            main.invoke(null, (Object) arguments);
            return null;
        } catch (InvocationTargetException e) {
            return e;
        }
    }

    /** Tells that a program failed; {@code launcher} is the stack it was called from. */
    static int report(Throwable failure, StackTraceElement[] launcher) {
        StackTraceElement[] trace = failure.getStackTrace();
        int common = 0;
        while (common < Math.min(trace.length, launcher.length)
                && trace[trace.length - 1 - common].equals(launcher[launcher.length - 1 - common])) {
            common++;
        }
        failure.setStackTrace(Arrays.copyOf(trace, trace.length - common));
        System.err.print("Exception in thread \"main\" ");
        failure.printStackTrace();
        return 1;
    }
}
