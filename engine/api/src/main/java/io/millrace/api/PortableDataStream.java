package io.millrace.api;

import java.io.DataInputStream;
import java.io.IOException;

/** A file that has not been read yet: a record of {@link MillraceContext#binaryFiles}. */
public interface PortableDataStream {
    /** Where it is. */
    String getPath();

    /** Begin to read it; the caller closes the stream. */
    DataInputStream open() throws IOException;

    /** Read all of it. */
    byte[] toArray() throws IOException;
}
