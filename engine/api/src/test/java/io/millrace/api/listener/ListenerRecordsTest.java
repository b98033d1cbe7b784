package io.millrace.api.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.Time;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What listeners are handed (behaviour spec 1.9, and E37 of 2.2). */
class ListenerRecordsTest {
    private static final long NONE = BatchInfo.NONE;

    private static BatchInfo batch(long submitted, long started, long ended) {
        Map<Integer, StreamInputInfo> inputs = Map.of(0, new StreamInputInfo(0, 100), 3, new StreamInputInfo(3, 300));
        return new BatchInfo(new Time(1000), inputs, submitted, started, ended, Map.of(), NONE, 0);
    }

    @Test
    void aBatchHasTheDelaysWhoseTimesAreKnown() {
        BatchInfo submitted = batch(1000, NONE, NONE);
        assertEquals(List.of(NONE, NONE, NONE), delays(submitted));
        assertEquals(List.of(10L, NONE, NONE), delays(batch(1000, 1010, NONE)));
        assertEquals(List.of(10L, 20L, 30L), delays(batch(1000, 1010, 1030)));
        assertEquals(400, submitted.numRecords());
        assertEquals(List.of(0, 3), List.copyOf(submitted.streamIdToInputInfo().keySet()));
    }

    private static List<Long> delays(BatchInfo info) {
        return List.of(info.schedulingDelay(), info.processingDelay(), info.totalDelay());
    }

    @Test
    void aBatchDoesNotChangeWithTheMapItWasMadeOf() {
        Map<Integer, OutputOperationInfo> outputs = new HashMap<>();
        BatchInfo info = new BatchInfo(new Time(1), Map.of(), 0, NONE, NONE, outputs, NONE, 0);
        outputs.put(0, new OutputOperationInfo(new Time(1), 0, "print", "print", 5, NONE, null));
        assertTrue(info.outputOperationInfos().isEmpty());
        assertThrows(UnsupportedOperationException.class, info.outputOperationInfos()::clear);
        assertEquals(NONE, outputs.get(0).duration());
        assertEquals(7, new OutputOperationInfo(new Time(1), 0, "print", "print", 5, 12, null).duration());
    }

    @Test
    void anInputHasNoNegativeNumberOfRecords() {
        String refusal = assertThrows(IllegalArgumentException.class, () -> new StreamInputInfo(7, -1))
                .getMessage();
        assertTrue(refusal.contains("input 7") && refusal.contains("-1"), refusal);
    }

    @Test
    void anInputIsDescribedByTheEntryForThat() {
        assertNull(new StreamInputInfo(0, 1).metadataDescription());
        assertEquals("two files", new StreamInputInfo(0, 1, Map.of("Description", "two files")).metadataDescription());
    }

    @Test
    void allEventsMayBeIgnored() {
        StreamingListener listener = new StreamingListener() {};
        BatchInfo batch = batch(1, 2, 3);
        OutputOperationInfo output = new OutputOperationInfo(new Time(1), 0, "print", "print", 5, 12, null);
        ReceiverInfo receiver = new ReceiverInfo(0, "socket", true, "localhost", "driver", "", "", -1);
        listener.onStreamingStarted(new StreamingListenerStreamingStarted(1));
        listener.onReceiverStarted(new StreamingListenerReceiverStarted(receiver));
        listener.onReceiverError(new StreamingListenerReceiverError(receiver));
        listener.onReceiverStopped(new StreamingListenerReceiverStopped(receiver));
        listener.onBatchSubmitted(new StreamingListenerBatchSubmitted(batch));
        listener.onBatchStarted(new StreamingListenerBatchStarted(batch));
        listener.onBatchCompleted(new StreamingListenerBatchCompleted(batch));
        listener.onOutputOperationStarted(new StreamingListenerOutputOperationStarted(output));
        listener.onOutputOperationCompleted(new StreamingListenerOutputOperationCompleted(output));
    }

    @Test
    void theStatsListenerReportsTheLastBatchesItKeeps() {
        List<String> lines = new ArrayList<>();
        StatsReportListener stats = new StatsReportListener(3) {
            @Override
            protected void report(String line) {
                lines.add(line);
            }
        };
        for (int i = 1; i <= 4; i++) {
            stats.onBatchCompleted(new StreamingListenerBatchCompleted(batch(0, i, 3L * i)));
        }
        assertEquals("total delay of the last 3 batches, ms: 0% 6 25% 6 50% 9 75% 12 100% 12", lines.get(6));
        assertEquals("processing time of the last 3 batches, ms: 0% 4 25% 4 50% 6 75% 8 100% 8", lines.get(7));
        assertThrows(IllegalArgumentException.class, () -> new StatsReportListener(0));
    }
}
