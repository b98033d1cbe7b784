package io.millrace.plan;

import java.util.Objects;

/**
 * The stable name of one operator in a plan: given by {@code named("counts")}, or made of the operator's kind and its
 * place in creation order, such as {@code flatMap-2}. State and checkpoints bind to it.
 */
public record OperatorId(String text) {
    /** @throws IllegalArgumentException if the text is empty */
    public OperatorId {
        Objects.requireNonNull(text, "operator name");
        if (text.isBlank()) {
            throw new IllegalArgumentException("an operator's name is blank; give it at least one character");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
