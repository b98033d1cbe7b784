package io.millrace.testkit.recovery;

import io.millrace.api.StorageLevel;
import io.millrace.api.receiver.Receiver;

/** Stores what it is told to. */
final class StoringReceiver extends Receiver<String> {
    private static final long serialVersionUID = 1L;

    StoringReceiver() {
        super(StorageLevel.MEMORY_ONLY);
    }

    @Override
    public void onStart() {
        // Others store, when they have something.
    }

    @Override
    public void onStop() {
        // Nothing was begun.
    }
}
