package io.millrace.engine.physical;

/** What a branch of a stage reads. */
public sealed interface StageInput {
    /** The batch's share of a source. */
    record FromSource(int streamId) implements StageInput {}

    /** The result of an exchange, by its place in the plan. */
    record FromExchange(int exchange) implements StageInput {}
}
