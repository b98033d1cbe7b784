package io.millrace.engine.state;

import java.io.IOException;
import org.agrona.DirectBuffer;

/** Takes what an operator remembers, some entries of one partition at a time. */
@FunctionalInterface
public interface StateSink {
    /** Entries, valid during the call. */
    void entries(int partition, DirectBuffer buffer, int offset, int length) throws IOException;
}
