package io.millrace.ingest.file;

import io.millrace.ingest.source.InputLostException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of one batch, as its plan describes them.
 *
 * @param partitionBytes how they were cut
 * @param files in the order in which they are read
 */
record FileShare(long partitionBytes, List<TakenFile> files) {
    private static final int VERSION = 1;

    byte[] toBytes() {
        FileEntryWriter out = new FileEntryWriter();
        out.putByte(VERSION);
        out.putLong(partitionBytes);
        out.putInt(files.size());
        files.forEach(out::putFile);
        return out.bytes();
    }

    /** @throws io.millrace.ingest.UnreadableInputException if the bytes are not those of a share */
    static FileShare of(byte[] bytes) {
        FileEntryReader in = new FileEntryReader("the description of a batch's files", bytes);
        in.readVersion(VERSION);
        return new FileShare(Math.max(1, in.readLong()), in.readFiles());
    }

    /**
     * The same files as they are now.
     *
     * @throws InputLostException if any is gone, or is not what it was; all of these are named
     */
    List<TakenFile> requireUnchanged(String source) {
        List<TakenFile> present = new ArrayList<>();
        List<String> losses = new ArrayList<>();
        for (TakenFile expected : files) {
            try {
                FileStamp now = FileStamp.of(expected.file().path());
                String change = changeOf(expected, now);
                if (change == null) {
                    present.add(expected.as(now));
                } else {
                    losses.add(loss(expected, change));
                }
            } catch (NoSuchFileException gone) {
                losses.add(loss(expected, "is gone"));
            } catch (IOException unreadable) {
                losses.add(loss(expected, "cannot be read: " + unreadable));
            }
        }
        if (!losses.isEmpty()) {
            throw new InputLostException(source, losses);
        }
        return present;
    }

    private static String loss(TakenFile expected, String now) {
        return "file " + expected.file().path() + " was " + expected.file() + " and " + now;
    }

    /** In words; null for none. Another inode alone is none, if the bytes at both ends are known and the same. */
    private static String changeOf(TakenFile expected, FileStamp now) throws IOException {
        FileStamp file = expected.file();
        FileDigest digest = expected.digest();
        if (!file.hasSizeAndTimeOf(now)) {
            return "is " + now;
        }
        if (digest == null || digest.equals(FileDigest.UNKNOWN)) {
            return file.isOtherFileOfTheSameDevice(now) ? "is another file of the same size and time" : null;
        }
        return digest.isThatOf(now) ? null : "has other bytes at its beginning or end, at the same size and time";
    }
}
