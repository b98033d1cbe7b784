package io.millrace.engine.rdd;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExternalProgramTest {
    @Test
    void anInterruptEndsTheWaitForAProgramThatNeverAnswers() {
        ExternalProgram program = new ExternalProgram(List.of("sleep", "1000000"), Map.of());
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> program.run(Collections.emptyIterator()));
    }
}
