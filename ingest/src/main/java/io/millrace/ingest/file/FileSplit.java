package io.millrace.ingest.file;

/**
 * The part of a file that is one partition, or a share of one.
 *
 * @param file as it was when it was chosen
 * @param start the first byte
 * @param end behind the last byte
 */
record FileSplit(FileStamp file, long start, long end) {
    static FileSplit whole(FileStamp file) {
        return new FileSplit(file, 0, file.size());
    }

    long bytes() {
        return end - start;
    }

    /** For messages: {@code /data/in bytes 0 to 8388608}. */
    @Override
    public String toString() {
        return file.path() + " bytes " + start + " to " + end;
    }
}
