package io.millrace.ingest.ring;

import io.millrace.offheap.block.Slab;

/** One place in the ring. */
final class SlabEvent {
    Slab slab;
}
