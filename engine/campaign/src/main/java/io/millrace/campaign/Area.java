package io.millrace.campaign;

import io.millrace.checkpoint.file.CheckpointDirectory;
import java.util.Locale;

/** Which file of a checkpoint, or which function of the program. */
enum Area {
    LOCK,
    OWNER,
    FORMAT,
    RESERVE,
    MANIFEST,
    BATCH,
    RECEIVED,
    STATE,
    QUARANTINE,
    /** The directory itself. */
    DIRECTORY,
    TASK,
    OUTPUT;

    /** Of a file or folder of a checkpoint directory, finished or not. */
    static Area of(String name) {
        String first = name.split("[/.]", 2)[0];
        return switch (first) {
            case CheckpointDirectory.LOCK -> LOCK;
            case CheckpointDirectory.OWNER -> OWNER;
            case CheckpointDirectory.FORMAT -> FORMAT;
            case CheckpointDirectory.RESERVE -> RESERVE;
            case CheckpointDirectory.QUARANTINE -> QUARANTINE;
            case "meta" -> MANIFEST;
            case "batch" -> BATCH;
            case "wal" -> RECEIVED;
            case "state" -> STATE;
            case "" -> DIRECTORY;
            default ->
                throw new IllegalArgumentException("'" + name + "' is no file of a checkpoint; name its area here");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
