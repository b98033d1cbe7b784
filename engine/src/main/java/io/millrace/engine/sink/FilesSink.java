package io.millrace.engine.sink;

import io.millrace.api.Delivery;
import io.millrace.api.Time;
import io.millrace.engine.rdd.LocalDataset;
import io.millrace.engine.save.DirectoryWriter;
import io.millrace.engine.save.PartFormat;
import io.millrace.engine.save.Publication;
import io.millrace.engine.save.StagedDirectory;
import io.millrace.ingest.file.LocalPath;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Writes each batch as a directory of its own, to be published by whoever commits. A batch that is run again replaces what it wrote
 * before.
 */
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
    public Publication run(LocalDataset<?> batch, Delivery delivery) {
        Path directory = LocalPath.of(directories.apply(delivery.batchTime()));
        try (StagedDirectory staged = writer.stage(directory, batch.rows(), batch::forEachPartition, format)) {
            return skipsEmptyBatches && staged.rows() == 0 ? staged.sealNothing() : staged.seal();
        }
    }
}
