package io.millrace.api;

/** Takes the records that were left out; set by {@link MillraceConf#setDeadLetterConsumer}. */
@FunctionalInterface
public interface DeadLetterConsumer {
    /**
     * Take one record that was left out. Called on the thread that ran the function, so on several at once; the batch waits for
     * it. A record comes once for each time that its row is computed: several outputs or actions that read the same stream compute
     * it several times, unless it is kept by {@code cache()}. What this throws is logged, and changes nothing else.
     */
    void accept(DeadLetter letter) throws Exception;
}
