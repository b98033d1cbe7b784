package io.millrace.api;

/** Takes the records that were left out; set by {@link MillraceConf#setDeadLetterConsumer}. */
@FunctionalInterface
public interface DeadLetterConsumer {
    /**
     * Take one record that was left out. Called on the thread that ran the function, so on several at once; the batch waits for
     * it. What it throws is logged, and changes nothing else.
     */
    void accept(DeadLetter letter) throws Exception;
}
