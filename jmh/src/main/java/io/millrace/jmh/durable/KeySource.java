package io.millrace.jmh.durable;

import io.millrace.api.StorageLevel;
import io.millrace.api.receiver.Receiver;
import io.millrace.jmh.data.Randomness;

/** Numbers its records, and goes on behind the last that is known: keys in order at first, and then any of them. */
final class KeySource extends Receiver<Long> {
    private static final long serialVersionUID = 1L;

    private final transient int keys;
    private final transient long records;
    private transient volatile boolean isEnded;
    private transient volatile long stored = -1;
    private transient volatile long safe = -1;

    /** @param records how many, behind those that are known */
    KeySource(int keys, long records) {
        super(StorageLevel.MEMORY_ONLY);
        this.keys = keys;
        this.records = records;
    }

    @Override
    public void onStart() {
        long first = lastPosition() + 1;
        Thread thread = new Thread(() -> run(first), "key-source");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(long first) {
        Randomness random = new Randomness(first);
        for (long position = first; position - first < records && !isEnded; position++) {
            store(position < keys ? position : random.below(keys), position);
            stored = position;
        }
        isEnded = true;
    }

    @Override
    public void onStop() {
        isEnded = true;
    }

    @Override
    public void onAcknowledge(long position) {
        if (stored >= 0) {
            safe = position; // and not one of the run before
        }
    }

    /** Store no more. */
    void end() {
        isEnded = true;
    }

    /** Whether all is stored, and in batches that are committed. */
    boolean isSafe() {
        return isEnded && stored >= 0 && safe == stored;
    }
}
