package io.millrace.offheap.state;

/** Says once that an operator's state has objects that cannot become bytes. */
final class HeapWarning {
    private static final System.Logger LOG = System.getLogger(HeapWarning.class.getName());

    private final String operator;
    private final String what;
    private boolean warned;

    /** About what: keys, or values. */
    HeapWarning(String operator, String what) {
        this.operator = operator;
        this.what = what;
    }

    void about(Object object, String reason) {
        if (!warned) {
            warned = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the state of ''{0}'' keeps {1} of class {2} on the heap, where they are never moved out and never"
                            + " saved: {3}",
                    operator,
                    what,
                    object.getClass().getTypeName(),
                    reason);
        }
    }
}
