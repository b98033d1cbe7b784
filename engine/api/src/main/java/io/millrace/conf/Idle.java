package io.millrace.conf;

/** How the engine's threads wait for work ({@code millrace.idle}). */
public enum Idle {
    /** They park and are woken: no CPU while there is nothing to do. */
    BLOCKING,
    /** They watch without sleeping: the least latency, a core each. */
    SPINNING
}
