package io.millrace.ingest.file;

import io.millrace.ingest.IngestEvents;
import io.millrace.ingest.source.PulledRange;
import io.millrace.ingest.source.PulledSource;
import io.millrace.plan.source.FileContent;
import io.millrace.plan.source.FilesSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.NanoClock;

/**
 * The files that appear in a directory, or in the directories of a glob. They are looked for at each batch, on the thread that plans it.
 *
 * <p>When looking fails, nothing is chosen and nothing forgotten: the files come with the next batch for which it works. The
 * same trouble is told once, until it is over.
 */
public final class FileStreamSource implements PulledSource {
    private final int streamId;
    private final FilesSpec spec;
    private final FileStreamConfig config;
    private final NanoClock clock;
    private final IngestEvents events;
    private final DirectoryListing listing;
    private final FileReading reading;
    private final FileFormat format;
    private final AtomicLong files = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    /** Names that are not new any more if they come again, for whoever keeps the ledger; null if nobody does. */
    private volatile Queue<Forgotten> forgotten;

    private FileSelector selector;
    private long oldestMs;
    private long lastBatchMs = TakenFile.NEVER;
    private boolean isStartCalled;
    /** What is there at the start was looked at. */
    private boolean isStarted;

    private boolean isSlownessTold;
    private String toldTrouble = "";

    /** A name that was gone when the files of a batch were looked for. */
    private record Forgotten(Path path, long batchMs) {}

    /**
     * A source that has not looked yet.
     *
     * @param reading how its files are read
     * @param clock measures how long looking takes
     * @param events told of what cannot be looked at
     * @throws IllegalArgumentException if the directory is not of this machine, or the record length too long
     */
    public FileStreamSource(
            FilesSpec spec,
            int streamId,
            FileStreamConfig config,
            FileReading reading,
            NanoClock clock,
            IngestEvents events) {
        this.spec = spec;
        this.streamId = streamId;
        this.config = config;
        this.clock = clock;
        this.events = events;
        Path directory = LocalPath.of(spec.directory());
        listing = new DirectoryListing(directory, spec.filter(), config.recursive());
        this.reading = reading;
        format = formatOf(spec.content(), reading);
        long earliestMs = config.byWindow() ? 0 : Long.MIN_VALUE;
        oldestMs = spec.newFilesOnly() ? spec.definedMs() : earliestMs;
        selector = newSelector();
    }

    private FileSelector newSelector() {
        return config.byWindow()
                ? new WindowSelector(oldestMs, config.windowMs(), lastBatchMs)
                : new IdentitySelector(oldestMs, this::warn, this::forgot);
    }

    private static FileFormat formatOf(FileContent content, FileReading reading) {
        if (content instanceof FileContent.FixedLength records) {
            return new FixedLengthFormat(reading, records.length());
        }
        if (content instanceof FileContent.Read read) {
            return new FunctionFormat(read.reader());
        }
        return new TextFormat(reading);
    }

    @Override
    public int streamId() {
        return streamId;
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public void start() {
        isStartCalled = true;
        try {
            startIfNeeded(look());
            if (!listing.isThere()) {
                warn("there is no directory " + spec.directory() + " yet; files are read once there is");
            }
        } catch (Exception failed) {
            tell(failed);
        }
    }

    @Override
    public PulledRange pull(long batchTimeMs) {
        List<TakenFile> chosen;
        try {
            List<FileStamp> present = look();
            startIfNeeded(present);
            chosen = selector.select(present, batchTimeMs);
            lastBatchMs = batchTimeMs;
            toldTrouble = "";
        } catch (Exception failed) {
            tell(failed);
            return PulledRange.NOTHING;
        }
        if (chosen.isEmpty()) {
            return PulledRange.NOTHING;
        }
        return given(format, chosen);
    }

    private PulledRange given(FileFormat as, List<TakenFile> chosen) {
        files.addAndGet(chosen.size());
        bytes.addAndGet(chosen.stream().mapToLong(taken -> taken.file().size()).sum());
        return new FilesRange(as, chosen);
    }

    private void startIfNeeded(List<FileStamp> present) {
        if (!isStarted) {
            selector.start(present);
            isStarted = true;
        }
    }

    private void forgot(Path path, long batchMs) {
        Queue<Forgotten> told = forgotten;
        if (told != null) {
            told.add(new Forgotten(path, batchMs));
        }
    }

    // ---- after a restart ----

    @Override
    public PulledSource ledger() {
        FileStreamSource ledger = new FileStreamSource(spec, streamId, config, reading, clock, events);
        forgotten = new ConcurrentLinkedQueue<>();
        ledger.forgotten = forgotten;
        return ledger;
    }

    /** What the source itself has forgotten before it took a name again is no longer known here either. */
    private void forgetWithSource() {
        Queue<Forgotten> told = forgotten;
        if (isStartCalled || told == null) {
            return;
        }
        // What was gone at a later batch waits: a batch before it that took the file may not be entered yet.
        for (Forgotten gone = told.peek(); gone != null && gone.batchMs() <= lastBatchMs; gone = told.peek()) {
            selector.forget(gone.path(), gone.batchMs());
            told.remove();
        }
    }

    @Override
    public PulledRange replay(byte[] description) {
        if (description.length == 0) {
            return PulledRange.NOTHING;
        }
        FileShare share = FileShare.of(description);
        List<TakenFile> present = share.requireUnchanged(name());
        enter(present);
        FileFormat asThen = formatOf(spec.content(), reading.withPartitionBytes(share.partitionBytes()));
        return given(asThen, present);
    }

    @Override
    public void markTaken(byte[] description) {
        if (description.length > 0) {
            enter(FileShare.of(description).files());
        }
        forgetWithSource();
    }

    private void enter(List<TakenFile> taken) {
        taken.forEach(selector::enter);
        lastBatchMs = Math.max(lastBatchMs, lastBatchIn(taken));
    }

    private static long lastBatchIn(List<TakenFile> taken) {
        return taken.stream().mapToLong(TakenFile::batchMs).max().orElse(TakenFile.NEVER);
    }

    @Override
    public byte[] save() {
        forgetWithSource();
        selector.forgetBefore(lastBatchMs);
        return new FileLedger(isStarted, config.byWindow(), oldestMs, lastBatchMs, selector.taken()).toBytes();
    }

    /**
     * {@inheritDoc} A file is known again as {@code ingest/docs/file-ledger-format.md} says. Which files are old when the stream starts is
     * what it was for the run that was saved.
     */
    @Override
    public void restore(byte[] saved) {
        if (isStartCalled) {
            throw new IllegalStateException(this + " is restored after it was started; restore it before");
        }
        FileLedger ledger = FileLedger.of(saved).forRule(config.byWindow(), config.windowMs());
        isStarted = ledger.isStarted();
        oldestMs = ledger.oldestMs();
        lastBatchMs = ledger.lastBatchMs();
        selector = newSelector();
        ledger.files().forEach(selector::enter);
    }

    // ---- looking ----

    private List<FileStamp> look() throws Exception {
        long beganNanos = clock.nanoTime();
        List<FileStamp> present = listing.files();
        long tookMs = TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - beganNanos);
        if (tookMs > config.batchMs() && !isSlownessTold) {
            isSlownessTold = true;
            warn("looking for new files in " + spec.directory() + " took " + tookMs
                    + " ms, longer than the batch interval of "
                    + config.batchMs() + " ms, with " + present.size()
                    + " files there; move files away once they are read, or make batches longer");
        }
        return present;
    }

    private void tell(Exception failed) {
        errors.incrementAndGet();
        String trouble = failed.toString();
        if (!trouble.equals(toldTrouble)) {
            toldTrouble = trouble;
            warn("cannot look for new files in " + spec.directory() + ": " + trouble + "; trying again at each batch");
        }
    }

    private void warn(String message) {
        events.warning(streamId, message);
    }

    /** {@inheritDoc} {@code files} and {@code bytes} chosen, {@code errors} in looking for them. */
    @Override
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("files", files.get());
        counts.put("bytes", bytes.get());
        counts.put("errors", errors.get());
        return counts;
    }

    @Override
    public void close() {
        // It holds neither files nor memory; its readers do.
    }

    @Override
    public String toString() {
        return name() + " (stream " + streamId + ": " + counts() + ")";
    }
}
