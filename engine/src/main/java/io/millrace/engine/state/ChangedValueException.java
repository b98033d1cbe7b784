package io.millrace.engine.state;

/** What was kept of keys is of another type than the program's function takes. */
public final class ChangedValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String found;

    ChangedValueException(Object value, String wanted) {
        super("its values are of " + value.getClass().getName() + ", and the function that the program has now takes "
                + wanted);
        this.found = value.getClass().getSimpleName();
    }

    /** The class of what was kept, without its package. */
    public String found() {
        return found;
    }
}
