package io.millrace.jmh.flow;

import io.millrace.jmh.data.Lines;
import io.millrace.jmh.measure.Json;
import io.millrace.jmh.measure.Meter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One run of one system in this JVM. Prints one line of JSON; ends with status 1 when the counts are not the judge's. */
public final class WordCountFlow {
    private static final long SEED = 20_261_122;

    private WordCountFlow() {}

    public static void main(String[] args) throws Exception {
        FlowOptions options = FlowOptions.of(args);
        Lines lines = Lines.zipf(options.chunks(), options.vocabulary(), SEED);
        Meter meter = new Meter(options.warmSeconds(), options.repetitionSeconds(), options.repetitions());
        String difference = run(options, lines, meter);

        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("flow", "wordcount");
        figures.put("system", options.system().label());
        figures.put("what", options.system().description());
        figures.put("master", options.master());
        figures.put("batch_ms", options.batchMs());
        figures.put("vocabulary", options.vocabulary());
        options.settings().forEach(figures::put);
        figures.put("jdk", Runtime.version().toString());
        meter.report(figures);
        figures.put("counts", difference.isEmpty() ? "equal" : difference);
        System.out.println(Json.line(figures));
        System.exit(difference.isEmpty() ? 0 : 1);
    }

    private static String run(FlowOptions options, Lines lines, Meter meter) throws Exception {
        return switch (options.system()) {
            case BARE_STRINGS -> {
                String[] strings = lines.strings();
                yield bare(options, lines, meter, new LambdaCounter(lines, strings), new LambdaCounter(lines, strings));
            }
            case BARE_DECODED ->
                bare(options, lines, meter, new LambdaCounter(lines, null), new LambdaCounter(lines, null));
            case BYTES -> {
                byte[] padded = ByteCounter.padded(lines);
                yield bare(options, lines, meter, new ByteCounter(padded), new ByteCounter(padded));
            }
            default -> new EngineFlow(options, lines, meter).run();
        };
    }

    private static String bare(FlowOptions options, Lines lines, Meter meter, BareFlow.Counter... counters)
            throws Exception {
        return new BareFlow(options, lines, meter, List.of(counters)).run();
    }
}
