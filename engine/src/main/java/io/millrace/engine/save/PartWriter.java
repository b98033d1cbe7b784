package io.millrace.engine.save;

import io.millrace.engine.task.ChunkSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Writes one part: takes its chunks, then {@link #finish} writes what is still held. Owner: one worker. */
public interface PartWriter extends ChunkSink {
    /** Write all of a buffer, however little the channel takes at a time. */
    static void writeAll(WritableByteChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
