package io.millrace.plan.sink;

import io.millrace.api.OutputGate;
import java.util.Objects;

/** The gates of outputs that are a body of the program's. */
final class BodyGate {
    private BodyGate() {}

    static void require(String output, OutputGate gate) {
        Objects.requireNonNull(gate, () -> "gate of " + output);
        if (gate == OutputGate.COMMITTED) {
            throw new IllegalArgumentException(
                    output + " with the gate COMMITTED: the end of the process between the COMMIT and the"
                            + " body would lose what the body does; give PLANNED or EAGER");
        }
    }
}
