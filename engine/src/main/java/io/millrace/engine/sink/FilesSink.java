package io.millrace.engine.sink;

import io.millrace.api.Time;
import io.millrace.engine.rdd.LocalDataset;
import io.millrace.engine.save.DirectoryWriter;
import io.millrace.engine.save.PartFormat;
import io.millrace.engine.save.StagedDirectory;
import io.millrace.ingest.file.LocalPath;
import java.util.function.Function;

/** Saves each batch as a directory of its own. A batch that is run again replaces what it wrote before. */
final class FilesSink implements SinkDriver {
    private final Function<Time, String> directories;
    private final DirectoryWriter writer;
    private final PartFormat format;
    private final boolean skipsEmptyBatches;

    FilesSink(
            Function<Time, String> directories, DirectoryWriter writer, PartFormat format, boolean skipsEmptyBatches) {
        this.directories = directories;
        this.writer = writer;
        this.format = format;
        this.skipsEmptyBatches = skipsEmptyBatches;
    }

    @Override
    public void run(LocalDataset<?> batch, Time time) {
        try (StagedDirectory staged = stage(batch, time)) {
            publish(staged);
        }
    }

    /** Write a batch where nobody sees it. */
    StagedDirectory stage(LocalDataset<?> batch, Time time) {
        return writer.stage(LocalPath.of(directories.apply(time)), true, batch.rows(), batch::forEachPartition, format);
    }

    /** Let it be seen, unless it is empty and such batches are to be skipped. */
    void publish(StagedDirectory staged) {
        if (skipsEmptyBatches && staged.rows() == 0) {
            staged.publishNothing();
        } else {
            staged.publish();
        }
    }
}
