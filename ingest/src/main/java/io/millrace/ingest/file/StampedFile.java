package io.millrace.ingest.file;

import io.millrace.api.PortableDataStream;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;

/** A file to be read by the program, as it was when it was chosen. Thread: any; a stream belongs to who opened it. */
record StampedFile(FileStamp file) implements PortableDataStream {
    /** No array is longer, whatever the JVM. */
    private static final long MAX_BYTES = Integer.MAX_VALUE - 16;

    @Override
    public String getPath() {
        return file.path().toString();
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.millrace.api.FileChangedException if the file is not what it was
     */
    @Override
    public DataInputStream open() throws IOException {
        file.requireUnchanged();
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file.path())));
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.millrace.api.FileChangedException if the file is not what it was, at the end of reading too
     */
    @Override
    public byte[] toArray() throws IOException {
        if (file.size() > MAX_BYTES) {
            throw new IOException("file " + file.path() + " has " + file.size() + " bytes, and an array at most "
                    + MAX_BYTES + "; open() it, or read it with textFile or binaryRecords");
        }
        file.requireUnchanged();
        byte[] bytes = Files.readAllBytes(file.path());
        file.requireUnchangedWhileRead();
        return bytes;
    }

    @Override
    public String toString() {
        return file.path() + ", " + file;
    }
}
