package io.millrace.ingest.ring;

/** What became of a record that was offered. */
public enum OfferResult {
    /** It is in the ring, and will be in exactly one block. */
    ACCEPTED,
    /** No place in the ring, or the memory cap is reached: nothing happened, offer it again later. */
    FULL,
    /** Longer than the bound: it was counted, reported and left out. Offering it again would change nothing. */
    TOO_LONG,
    /** No more records are taken. */
    CLOSED
}
