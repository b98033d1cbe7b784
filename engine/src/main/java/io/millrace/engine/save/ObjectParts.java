package io.millrace.engine.save;

import io.millrace.api.MillraceException;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.codec.RecordClasses;
import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.file.ObjectFileWriter;
import io.millrace.plan.OperatorId;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** Object files, column by column: numbers do not become objects on the way. */
public final class ObjectParts implements PartFormat {
    private final OperatorId saving;
    private final RecordClasses classes;

    /**
     * @param saving whose output it is, for messages
     * @param classes whose objects may be written
     */
    public ObjectParts(OperatorId saving, RecordClasses classes) {
        this.saving = saving;
        this.classes = classes;
    }

    @Override
    public PartWriter begin(Path file, int partition, WritableByteChannel out, WorkerScratch scratch)
            throws IOException {
        ObjectFileWriter writer = scratch.madeFor(this, () -> new ObjectFileWriter(new ValueCodec(classes)));
        writer.begin(out);
        return new ObjectPart(writer, partition);
    }

    private final class ObjectPart implements PartWriter {
        private final ObjectFileWriter writer;
        private final int partition;

        ObjectPart(ObjectFileWriter writer, int partition) {
            this.writer = writer;
            this.partition = partition;
        }

        @Override
        public void accept(Chunk chunk) throws IOException {
            try {
                writer.write(chunk);
            } catch (IllegalArgumentException unwritable) {
                throw new MillraceException(
                        "'" + saving + "' cannot save partition " + partition + ": " + unwritable.getMessage(),
                        unwritable);
            }
        }

        @Override
        public void finish() throws IOException {
            writer.finish();
        }
    }
}
