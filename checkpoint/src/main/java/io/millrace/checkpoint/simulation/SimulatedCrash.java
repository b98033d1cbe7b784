package io.millrace.checkpoint.simulation;

/** The end of the process, as seen by what runs in it. Nothing may catch it but the simulator. */
public final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    /**
     * A crash.
     *
     * @param where it happens
     */
    public SimulatedCrash(String where) {
        super(where);
    }
}
