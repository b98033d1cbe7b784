package io.millrace.engine.sink;

import io.millrace.api.Delivery;
import io.millrace.api.PlanException;
import io.millrace.api.RDDLike;
import io.millrace.api.Time;
import io.millrace.api.function.VoidFunction2;
import io.millrace.api.function.VoidFunction3;
import io.millrace.engine.function.ProgramFailure;
import io.millrace.engine.rdd.LocalDataset;
import io.millrace.engine.save.ObjectParts;
import io.millrace.engine.save.PartFormat;
import io.millrace.engine.save.Publication;
import io.millrace.engine.save.Saving;
import io.millrace.engine.save.TextParts;
import io.millrace.ingest.file.LocalPath;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode;
import io.millrace.plan.sink.ForeachRddSpec;
import io.millrace.plan.sink.ForeachRecordSpec;
import io.millrace.plan.sink.ObjectFilesSinkSpec;
import io.millrace.plan.sink.PrintSpec;
import io.millrace.plan.sink.SinkSpec;
import io.millrace.plan.sink.TextFilesSinkSpec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The drivers this engine has, by spec. */
public final class SinkDrivers {
    private final Saving saving;

    /** @param saving for outputs to files */
    public SinkDrivers(Saving saving) {
        this.saving = saving;
    }

    /**
     * The driver for that spec; empty if there is none.
     *
     * @param output whose it is, for messages
     * @throws IllegalArgumentException if the spec names a place that this engine cannot write to
     */
    @SuppressWarnings("unchecked") // the stream's types say what the bodies take
    public Optional<SinkDriver> find(OperatorId output, SinkSpec spec) {
        if (spec instanceof PrintSpec print) {
            PrintSink printer = new PrintSink(print.rows());
            return Optional.of(ofProgram(output, (batch, delivery) -> printer.print(batch, delivery.batchTime())));
        } else if (spec instanceof ForeachRddSpec foreach) {
            VoidFunction3<RDDLike<?>, Time, Delivery> body = (VoidFunction3<RDDLike<?>, Time, Delivery>) foreach.body();
            return Optional.of(ofProgram(
                    output, (batch, delivery) -> body.call((RDDLike<?>) batch, delivery.batchTime(), delivery)));
        } else if (spec instanceof ForeachRecordSpec foreach) {
            VoidFunction2<Object, Time> body = (VoidFunction2<Object, Time>) foreach.body();
            return Optional.of(seen((batch, delivery) -> forEachRecord(output, batch, delivery.batchTime(), body)));
        } else if (spec instanceof TextFilesSinkSpec text) {
            return Optional.of(files(text::directory, new TextParts(output)));
        } else if (spec instanceof ObjectFilesSinkSpec objects) {
            return Optional.of(files(objects::directory, new ObjectParts(output, saving.classes())));
        }
        return Optional.empty();
    }

    /**
     * What an output wrote and described, to be published by this process.
     *
     * @param description of {@link Publication#describe}, by this process or one before it
     * @throws IllegalArgumentException if that is no description
     */
    public Publication resume(String description) {
        return saving.directories().resume(description);
    }

    /**
     * Check that no two outputs would write the same files.
     *
     * @throws PlanException naming both
     */
    public static void requireDifferentDirectories(List<PlanNode.Output> outputs) {
        Map<Path, OperatorId> writers = new HashMap<>();
        for (PlanNode.Output output : outputs) {
            Path directory = directoryOf(output.sink());
            OperatorId other = directory == null ? null : writers.put(directory, output.id());
            if (other != null) {
                throw new PlanException("'" + other + "' and '" + output.id() + "' would both write " + directory
                        + " and its like; give one of them another prefix or suffix");
            }
        }
    }

    /** Where an output writes the batch of the time 0; null if not to files. */
    private static Path directoryOf(SinkSpec sink) {
        if (sink instanceof TextFilesSinkSpec text) {
            return LocalPath.of(text.directory(new Time(0)));
        }
        return sink instanceof ObjectFilesSinkSpec objects ? LocalPath.of(objects.directory(new Time(0))) : null;
    }

    private SinkDriver files(Function<Time, String> directories, PartFormat format) {
        LocalPath.of(directories.apply(new Time(0))); // what is no path is refused now, not in the first batch
        return new FilesSink(
                directories, saving.directories(), format, saving.config().skipsEmptyBatches());
    }

    /** What is seen when its body has ended. */
    @FunctionalInterface
    private interface Body {
        void run(LocalDataset<?> batch, Delivery delivery) throws Exception;
    }

    private static SinkDriver seen(Body body) {
        return (batch, delivery) -> {
            body.run(batch, delivery);
            return Publication.NONE;
        };
    }

    /** An output that runs the program's own code: what that throws is told with the output's name and the batch. */
    private static SinkDriver ofProgram(OperatorId output, Body body) {
        return seen((batch, delivery) -> {
            try {
                body.run(batch, delivery);
            } catch (Exception thrown) {
                throw ProgramFailure.of(output, delivery.batchTime().milliseconds(), thrown);
            }
        });
    }

    private static <T> void forEachRecord(
            OperatorId output, LocalDataset<T> batch, Time time, VoidFunction2<Object, Time> body) {
        batch.foreachInOrder(output, record -> body.call(record, time));
    }
}
