package io.millrace.testkit.recovery;

import io.millrace.api.StorageLevel;
import io.millrace.api.receiver.Receiver;

/** Of a sender that numbers its records: asks it to go on where the engine is, and tells it what is safe. */
final class NumberedReceiver extends Receiver<String> {
    private static final long serialVersionUID = 1L;

    private final transient Sender sender;

    NumberedReceiver(Sender sender) {
        super(StorageLevel.MEMORY_ONLY);
        this.sender = sender;
    }

    @Override
    public void onStart() {
        sender.open(this);
    }

    @Override
    public void onStop() {
        // The sender has no connection.
    }

    @Override
    public void onAcknowledge(long position) {
        sender.acknowledged(position, lastPosition());
    }
}
