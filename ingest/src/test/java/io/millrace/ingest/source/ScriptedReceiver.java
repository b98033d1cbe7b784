package io.millrace.ingest.source;

import io.millrace.api.StorageLevel;
import io.millrace.api.receiver.Receiver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A receiver whose every move the test gives, and which remembers what it was told. */
final class ScriptedReceiver extends Receiver<Object> {
    final transient List<String> calls = new CopyOnWriteArrayList<>();
    transient Runnable onStart = () -> {};
    transient Runnable onStop = () -> {};
    transient Runnable onAcknowledge = () -> {};

    ScriptedReceiver() {
        this(StorageLevel.MEMORY_ONLY);
    }

    ScriptedReceiver(StorageLevel level) {
        super(level);
    }

    @Override
    public void onStart() {
        calls.add("onStart");
        onStart.run();
    }

    @Override
    public void onStop() {
        calls.add("onStop");
        onStop.run();
    }

    @Override
    public void onAcknowledge(long position) {
        calls.add("onAcknowledge " + position);
        onAcknowledge.run();
    }
}
