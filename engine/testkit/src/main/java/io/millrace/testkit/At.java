package io.millrace.testkit;

/**
 * Which batch an expectation speaks of.
 *
 * @param batch its number; 1 is the first
 */
public record At(int batch) {
    /** @throws IllegalArgumentException if the number is below 1 */
    public At {
        if (batch < 1) {
            throw new IllegalArgumentException("at(" + batch + "); batches are numbered from 1 on");
        }
    }
}
