package io.millrace.engine.save;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes the files that are written; a test puts one here whose files fail. */
@FunctionalInterface
public interface PartOpener {
    /** The real one: a file must not be there yet. */
    PartOpener ON_DISK = file -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    /** A new file, empty and open for writing. */
    FileChannel create(Path file) throws IOException;
}
