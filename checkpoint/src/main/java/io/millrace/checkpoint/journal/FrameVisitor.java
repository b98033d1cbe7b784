package io.millrace.checkpoint.journal;

import java.io.IOException;
import org.agrona.DirectBuffer;

/** Takes the frames of a journal, in order. */
@FunctionalInterface
public interface FrameVisitor {

    /**
     * Take a frame.
     *
     * @param type as appended
     * @param version as appended
     * @param position where it is now
     * @param payload a view of exactly the payload, valid during the call
     * @throws IOException to stop the reading
     */
    void frame(int type, int version, JournalPosition position, DirectBuffer payload) throws IOException;
}
