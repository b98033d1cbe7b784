package io.millrace.rdd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceContext;
import io.millrace.engine.local.EnginePorts;
import io.millrace.engine.local.LocalBackend;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DynamicTest;

/**
 * Engines on which a dataset has to mean the same: where nobody but the caller works, with one worker, with two, without lanes,
 * and with small work done by the caller.
 */
final class Engines {
    private Engines() {}

    /** What a test does with an engine. */
    @FunctionalInterface
    interface Body {
        void run(MillraceContext sc) throws Exception;
    }

    /** What a program answers. */
    @FunctionalInterface
    interface Program {
        Object answer(MillraceContext sc) throws Exception;
    }

    static MillraceConf conf(String master) {
        return new MillraceConf(false)
                .setMaster(master)
                .setAppName("datasets")
                .set("millrace.default.parallelism", "2")
                .set("millrace.inlineRows", "0");
    }

    private static Map<String, MillraceConf> all() {
        Map<String, MillraceConf> all = new LinkedHashMap<>();
        for (String master : List.of("local[0]", "local[1]", "local[2]")) {
            all.put(master, conf(master));
        }
        all.put("local[2] without lanes", conf("local[2]").set("millrace.lanes", "generic"));
        all.put("local[2] inline", conf("local[2]").set("millrace.inlineRows", "4096"));
        return all;
    }

    /** A test for each engine. */
    static List<DynamicTest> onEach(Body body) {
        return onEach("", body);
    }

    static List<DynamicTest> onEach(String name, Body body) {
        return onEach(name, conf -> conf, body);
    }

    /** A test for each engine, with settings of the test's own. */
    static List<DynamicTest> onEachWith(UnaryOperator<MillraceConf> settings, Body body) {
        return onEach("", settings, body);
    }

    private static List<DynamicTest> onEach(String name, UnaryOperator<MillraceConf> settings, Body body) {
        List<DynamicTest> tests = new ArrayList<>();
        all().forEach((engine, conf) ->
                tests.add(DynamicTest.dynamicTest(name + " on " + engine, () -> run(settings.apply(conf), body))));
        return tests;
    }

    /** Afterwards no memory may be held. */
    static void run(MillraceConf conf, Body body) throws Exception {
        LocalBackend backend = new LocalBackend(conf, EnginePorts.ofSystem());
        try (MillraceContext sc = MillraceContext.on(backend, conf)) {
            body.run(sc);
        }
        assertEquals(0, backend.ledger().usedBytes(), "bytes held off the heap after the end");
    }

    /** As text, sorted, where order is not promised. */
    static String sorted(Collection<?> records) {
        return records.stream().map(String::valueOf).sorted().toList().toString();
    }
}
