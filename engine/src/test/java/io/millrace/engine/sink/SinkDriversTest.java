package io.millrace.engine.sink;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceConf;
import io.millrace.api.PlanException;
import io.millrace.engine.save.SaveConfig;
import io.millrace.engine.save.SavePorts;
import io.millrace.engine.save.Saving;
import io.millrace.ingest.record.ProgramClasses;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode;
import io.millrace.plan.sink.PrintSpec;
import io.millrace.plan.sink.SinkSpec;
import io.millrace.plan.sink.TextFilesSinkSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkDriversTest {
    @TempDir
    Path dir;

    private List<PlanNode.Output> outputs(SinkSpec... sinks) {
        List<PlanNode.Output> outputs = new ArrayList<>();
        for (SinkSpec sink : sinks) {
            OperatorId id = new OperatorId("output-" + (outputs.size() + 1));
            outputs.add(new PlanNode.Output(id, new OperatorId("source-1"), false, sink));
        }
        return outputs;
    }

    private TextFilesSinkSpec text(String prefix) {
        return new TextFilesSinkSpec(prefix, "txt");
    }

    @Test
    void oneDirectoryUnderTwoPathsIsFound() {
        for (String same : List.of(dir + "/./out", dir + "/other/../out", "file://" + dir + "/out")) {
            PlanException refused = assertThrows(
                    PlanException.class,
                    () -> SinkDrivers.requireDifferentDirectories(outputs(text(dir + "/out"), text(same))),
                    same);
            assertTrue(refused.getMessage().startsWith("'output-1' and 'output-2' would both write " + dir), same);
        }
    }

    @Test
    void outputsToOtherPlacesDoNotMeet() {
        List<PlanNode.Output> apart = outputs(text(dir + "/out"), new PrintSpec(1), text(dir + "/out2"), text("out"));
        assertDoesNotThrow(() -> SinkDrivers.requireDifferentDirectories(apart));
    }

    @Test
    void whatWasDescribedIsFoundAgain() {
        MillraceConf conf = new MillraceConf(false);
        SinkDrivers drivers =
                new SinkDrivers(new Saving(SaveConfig.of(conf), ProgramClasses.of(conf), SavePorts.ON_DISK));
        String described = "removal " + dir.resolve("out-1000.txt");
        assertEquals(described, drivers.resume(described).describe());
    }
}
