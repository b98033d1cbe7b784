package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;

import io.millrace.api.MillraceConf;
import io.millrace.testkit.Scenario;

/** Where a story's keyed state is. The results may not depend on it. */
enum StatePlace {
    /** All of it in memory. */
    MEMORY("resident", "0"),
    /** Next to none of it in memory: a key that no batch is at work on is in a file. */
    FILES("chronicle", "1");

    private final String store;
    private final String residentBytes;

    StatePlace(String store, String residentBytes) {
        this.store = store;
        this.residentBytes = residentBytes;
    }

    /** A story with a batch each second, whose state is here. */
    Scenario batches() {
        return Scenario.batchesEvery(seconds(1))
                .set("millrace.state.store", store)
                .set("millrace.state.residentBytes", residentBytes);
    }

    /** The settings of an engine whose state is here. */
    MillraceConf in(MillraceConf conf) {
        return conf.set("millrace.state.store", store).set("millrace.state.residentBytes", residentBytes);
    }
}
