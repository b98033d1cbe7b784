package io.millrace.engine.save;

import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.column.Chunk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Writes datasets to directories, a file per partition, several at a time. Stateless; safe from several threads.
 *
 * <p>Saving is two steps, so that whoever commits can do so between them: {@link #stage} computes and writes everything under a
 * hidden name, and the {@link Publication} of what was sealed makes it visible, in this process or in another.
 */
public final class DirectoryWriter {
    private final PartOpener files;
    private final DirectoryNames names;
    private final boolean forces;

    /**
     * @param files makes the files
     * @param forces whether everything is to be on the disk before a directory gets its name
     */
    public DirectoryWriter(PartOpener files, boolean forces) {
        this(files, DirectoryNames.onDisk(forces), forces);
    }

    DirectoryWriter(PartOpener files, DirectoryNames names, boolean forces) {
        this.files = files;
        this.names = names;
        this.forces = forces;
    }

    /**
     * Write a stream's batch under a hidden name. It replaces what an earlier run of the batch has left or published.
     *
     * @param path of the directory, once it is published
     * @param loop over the dataset's partitions
     * @return what is written, for the caller to seal or to close
     * @throws io.millrace.api.MillraceException if a file could not be written, or something is in the way; names it
     */
    public StagedDirectory stage(Path path, Rows rows, PartitionLoop loop, PartFormat format) {
        return stage(new DirectoryPlace(path, DirectoryPlace.Writer.BATCH, true, names), rows, loop, format);
    }

    /**
     * The publication that was described, perhaps by a process that has ended.
     *
     * @throws IllegalArgumentException if that is no description
     */
    public Publication resume(String description) {
        return Publications.resume(description, names);
    }

    /**
     * Write a dataset and make it visible.
     *
     * @param replaces whether an earlier result under that name may be replaced; if not, it is refused before anything is read
     * @throws io.millrace.api.MillraceException as {@link #stage}
     */
    public void save(Path path, boolean replaces, Rows rows, PartitionLoop loop, PartFormat format) {
        DirectoryPlace place = new DirectoryPlace(path, DirectoryPlace.Writer.ACTION, replaces, names);
        try (StagedDirectory staged = stage(place, rows, loop, format)) {
            staged.seal().publishOrDiscard();
        }
    }

    private StagedDirectory stage(DirectoryPlace place, Rows rows, PartitionLoop loop, PartFormat format) {
        StagedDirectory staged = StagedDirectory.begin(place);
        boolean isDone = false;
        try {
            loop.forEachPartition((partition, scratch) -> write(staged, rows, partition, scratch, format));
            isDone = true;
        } finally {
            if (!isDone) {
                staged.close();
            }
        }
        return staged;
    }

    private void write(StagedDirectory staged, Rows rows, int partition, WorkerScratch scratch, PartFormat format)
            throws Exception {
        try (Part part = new Part(staged, staged.part(partition))) {
            part.open(files, format, partition, scratch);
            rows.read(partition, scratch, part);
            part.end(forces);
        }
    }

    /** A part file. Tells what the file system says apart from what goes wrong where the rows come from. */
    private static final class Part implements ChunkSink, AutoCloseable {
        private final StagedDirectory staged;
        private final Path file;
        private FileChannel out;
        private PartWriter writer;

        Part(StagedDirectory staged, Path file) {
            this.staged = staged;
            this.file = file;
        }

        void open(PartOpener files, PartFormat format, int partition, WorkerScratch scratch) {
            try {
                out = files.create(file);
                writer = format.begin(file, partition, out, scratch);
            } catch (IOException failed) {
                throw SaveException.of("making", file, failed);
            }
        }

        @Override
        public void accept(Chunk chunk) throws Exception {
            try {
                writer.accept(chunk);
            } catch (IOException failed) {
                throw SaveException.of("writing", file, failed);
            }
            staged.addRows(chunk.rows());
        }

        void end(boolean forces) throws Exception {
            try {
                writer.finish();
                if (forces) {
                    out.force(true);
                }
            } catch (IOException failed) {
                throw SaveException.of("writing", file, failed);
            }
        }

        @Override
        public void close() {
            try {
                if (out != null) {
                    out.close();
                }
            } catch (IOException failed) {
                throw SaveException.of("closing", file, failed);
            }
        }
    }
}
