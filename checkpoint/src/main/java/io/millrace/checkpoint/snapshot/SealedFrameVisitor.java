package io.millrace.checkpoint.snapshot;

import java.io.IOException;
import org.agrona.DirectBuffer;

/** Takes the frames of a sealed file, in order. */
@FunctionalInterface
public interface SealedFrameVisitor {

    /**
     * Take a frame.
     *
     * @param type as appended
     * @param version as appended
     * @param payload a view of exactly the payload, valid during the call
     * @throws IOException to stop the reading
     */
    void frame(int type, int version, DirectBuffer payload) throws IOException;
}
