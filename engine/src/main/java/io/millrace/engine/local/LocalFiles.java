package io.millrace.engine.local;

import io.millrace.api.MillraceConf;
import io.millrace.conf.FileSelection;
import io.millrace.conf.Settings;
import io.millrace.ingest.IngestEvents;
import io.millrace.ingest.file.FileRanges;
import io.millrace.ingest.file.FileReading;
import io.millrace.ingest.file.FileStreamConfig;
import io.millrace.ingest.file.FileStreamSource;
import io.millrace.ingest.source.PulledSource;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.plan.source.FilesSpec;
import java.util.function.Consumer;
import org.agrona.concurrent.NanoClock;

/** How this engine reads files, for streams and for datasets. */
final class LocalFiles {
    private static final System.Logger LOG = System.getLogger(LocalFiles.class.getName());

    private final boolean byWindow;
    private final long minRememberMs;
    private final boolean recursive;
    private final long partitionBytes;
    private final int maxRecordBytes;
    private final MemoryLedger ledger;

    /** What {@code conf} says of files; their bytes are held in memory of {@code ledger}. */
    LocalFiles(MillraceConf conf, MemoryLedger ledger) {
        this.byWindow = conf.get(Settings.FILE_SELECTION) == FileSelection.WINDOW;
        this.minRememberMs = conf.get(Settings.FILE_MIN_REMEMBER);
        this.recursive = conf.get(Settings.FILE_RECURSIVE);
        this.partitionBytes = conf.get(Settings.FILE_PARTITION_BYTES);
        this.maxRecordBytes = Math.toIntExact(conf.get(Settings.MAX_RECORD_BYTES));
        this.ledger = ledger;
    }

    /** Files by their paths; what is left out of them is logged. */
    FileRanges ranges() {
        return new FileRanges(reading(warning -> LOG.log(System.Logger.Level.WARNING, warning)));
    }

    /** A stream of files that appear. */
    PulledSource open(FilesSpec spec, int streamId, long batchMs, NanoClock clock, IngestEvents events) {
        FileStreamConfig config = new FileStreamConfig(byWindow, minRememberMs, recursive, batchMs);
        FileReading reading = reading(warning -> events.warning(streamId, warning));
        return new FileStreamSource(spec, streamId, config, reading, clock, events);
    }

    private FileReading reading(Consumer<String> warnings) {
        return new FileReading(ledger, partitionBytes, FileReading.DEFAULT_WINDOW_BYTES, maxRecordBytes, warnings);
    }
}
