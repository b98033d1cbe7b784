package io.millrace.engine.checkpoint;

import io.millrace.engine.batch.StatefulOperators;
import io.millrace.engine.schedule.BatchPlan;
import io.millrace.engine.state.OperatorLog;
import io.millrace.engine.state.StatefulOperator;
import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.state.EntryLog;
import java.io.IOException;
import java.util.List;

/** Appends what batches have changed of what operators remember to the log, with the classes of the objects in it. Owner: the job thread. */
final class ChangeWriter {
    private final StatefulOperators stateful;
    private final ObjectEncoding encoding;
    private final LogWriter log;
    private final Snapshots snapshots;
    private final FrameWriter frame = new FrameWriter();
    private int writtenClasses;

    /** @param snapshots keeps the rows of windows besides */
    ChangeWriter(StatefulOperators stateful, ObjectEncoding encoding, LogWriter log, Snapshots snapshots) {
        this.stateful = stateful;
        this.encoding = encoding;
        this.log = log;
        this.snapshots = snapshots;
    }

    /** The batch is the last one that operators have taken in. */
    void append(BatchPlan batch) throws IOException {
        appendClasses();
        List<StatefulOperator> operators = stateful.operators();
        for (int operator = 0; operator < operators.size(); operator++) {
            OperatorLog changes = stateful.logs().get(operator);
            append(operators.get(operator), changes.keys(), false, batch);
            append(operators.get(operator), changes.rows(), true, batch);
            changes.clear();
        }
    }

    private void append(StatefulOperator operator, List<EntryLog> logs, boolean isRows, BatchPlan batch)
            throws IOException {
        int partitions = logs.size();
        for (int partition = 0; partition < partitions; partition++) {
            int at = partition;
            logs.get(partition).forEachChunk((buffer, offset, length) -> {
                LogFrame.State.begin(
                                frame,
                                operator.id().text(),
                                isRows ? LogFrame.ROWS : LogFrame.BY_KEY,
                                batch.timeMs(),
                                batch.timeMs() - batch.zeroMs(),
                                at,
                                partitions)
                        .putBytes(buffer, offset, length);
                log.append(LogFrame.STATE, frame);
                if (isRows) {
                    snapshots.keepRows(frame, batch.timeMs());
                }
            });
        }
    }

    private void appendClasses() throws IOException {
        int known = encoding.size();
        if (known > writtenClasses) {
            SavedClasses.write(encoding, writtenClasses, known, frame);
            log.append(LogFrame.CLASSES, frame);
            writtenClasses = known;
        }
    }

    /** The log begins anew, and does not know a class yet. */
    void appendClassesAgain() throws IOException {
        writtenClasses = 0;
        appendClasses();
    }
}
