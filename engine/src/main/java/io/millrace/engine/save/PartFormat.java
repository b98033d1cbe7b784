package io.millrace.engine.save;

import io.millrace.engine.task.WorkerScratch;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** How the rows of one partition become the bytes of one file. Immutable; shared by all that write. */
public interface PartFormat {
    /**
     * Begin a part.
     *
     * @param file its path, for messages
     * @param partition its number, for messages
     * @param out where the bytes go; the caller closes it
     * @param scratch of the writing thread
     */
    PartWriter begin(Path file, int partition, WritableByteChannel out, WorkerScratch scratch) throws IOException;
}
