package io.millrace.jmh.flow;

import io.millrace.api.StorageLevel;
import io.millrace.api.receiver.Receiver;
import io.millrace.jmh.data.Lines;
import java.nio.ByteBuffer;

/** Stores lines out of memory as fast as they are taken: back-pressure decides. */
final class MemoryReceiver extends Receiver<String> {
    private final transient Feed feed;
    private final transient ByteBuffer bytes;
    private final transient String[] strings;

    private MemoryReceiver(Feed feed, ByteBuffer bytes, String[] strings) {
        super(StorageLevel.MEMORY_ONLY);
        this.feed = feed;
        this.bytes = bytes;
        this.strings = strings;
    }

    /** Stores a chunk of bytes at a time. */
    static MemoryReceiver ofLines(Feed feed, Lines lines) {
        return new MemoryReceiver(feed, ByteBuffer.wrap(lines.bytes()), null);
    }

    /** Stores line by line, from strings that exist already. */
    static MemoryReceiver ofRecords(Feed feed, Lines lines) {
        return new MemoryReceiver(feed, null, lines.strings());
    }

    @Override
    public void onStart() {
        Thread thread = new Thread(this::run, "feeder");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void onStop() {
        feed.stop();
    }

    private void run() {
        for (int chunk = feed.next(); chunk >= 0; chunk = feed.next()) {
            if (strings == null) {
                int start = chunk * Lines.CHUNK_BYTES;
                storeLines(bytes.clear().position(start).limit(start + Lines.CHUNK_BYTES));
            } else {
                int start = chunk * Lines.CHUNK_LINES;
                for (int line = start; line < start + Lines.CHUNK_LINES; line++) {
                    store(strings[line]);
                }
            }
        }
    }
}
