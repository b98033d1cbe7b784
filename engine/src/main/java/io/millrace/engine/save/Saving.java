package io.millrace.engine.save;

import io.millrace.engine.task.Rows;
import io.millrace.ingest.file.LocalPath;
import io.millrace.offheap.codec.RecordClasses;
import io.millrace.plan.OperatorId;

/**
 * How one engine saves datasets: for the outputs of streams, and for {@code saveAsTextFile} and {@code saveAsObjectFile} of RDDs.
 * Safe from several threads.
 */
public final class Saving {
    private static final OperatorId TEXT = new OperatorId("saveAsTextFile");
    private static final OperatorId OBJECTS = new OperatorId("saveAsObjectFile");

    private final SaveConfig config;
    private final RecordClasses classes;
    private final DirectoryWriter directories;
    private final PartFormat text = new TextParts(TEXT);
    private final PartFormat objects;

    /** @param classes whose objects may be saved */
    public Saving(SaveConfig config, RecordClasses classes, SavePorts ports) {
        this.config = config;
        this.classes = classes;
        this.directories = new DirectoryWriter(ports.parts(), ports.names(config.forces()), config.forces());
        this.objects = new ObjectParts(OBJECTS, classes);
    }

    /** What a program has set. */
    public SaveConfig config() {
        return config;
    }

    /** Whose objects may be saved, and read again. */
    public RecordClasses classes() {
        return classes;
    }

    /** Writes the directories. */
    public DirectoryWriter directories() {
        return directories;
    }

    /**
     * Save a dataset as text, now.
     *
     * @param replaces whether an earlier result under that path may be replaced: only where a batch may be run again
     * @param loop over the dataset's partitions
     * @throws io.millrace.api.MillraceException if something is there already, or a file could not be written
     * @throws IllegalArgumentException if the path is none of this machine's, or a record is null
     */
    public void asText(String path, boolean replaces, Rows rows, PartitionLoop loop) {
        directories.save(LocalPath.of(path), replaces, rows, loop, text);
    }

    /**
     * Save a dataset as object files, now; see {@link #asText}.
     *
     * @throws io.millrace.api.MillraceException also if a record is of a class that is not registered
     */
    public void asObjects(String path, boolean replaces, Rows rows, PartitionLoop loop) {
        directories.save(LocalPath.of(path), replaces, rows, loop, objects);
    }
}
