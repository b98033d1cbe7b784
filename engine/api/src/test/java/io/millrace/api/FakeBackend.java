package io.millrace.api;

import io.millrace.plan.OperatorId;
import io.millrace.plan.Plan;
import io.millrace.spi.Backend;
import io.millrace.spi.Datasets;
import io.millrace.spi.LocalProperties;
import io.millrace.spi.PushPort;
import io.millrace.spi.RunSpec;
import io.millrace.spi.StreamingRun;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A backend that runs nothing and remembers what it was asked; tests override what they need. */
class FakeBackend implements Backend {
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    final List<Object> offered = Collections.synchronizedList(new ArrayList<>());

    private final LocalProperties localProperties = new LocalProperties();

    static MillraceConf conf() {
        return new MillraceConf(false)
                .setMaster("fake")
                .setAppName("test")
                .set("millrace.streaming.allowMultipleContexts", "true");
    }

    /** A context with one push stream of that class, and an output. */
    <T> PushInputDStream<T> pushStream(StreamingContext context, Class<T> records) {
        PushInputDStream<T> stream = context.pushStream(records);
        stream.print();
        return stream;
    }

    StreamingContext context() {
        return new StreamingContext(MillraceContext.on(this, conf()), Durations.seconds(1));
    }

    /** What {@link StreamingRun#stop} of the one run does. */
    void stopRun(boolean graceful) {
        calls.add(graceful ? "stop gracefully" : "stop");
    }

    @Override
    public int defaultParallelism() {
        return 2;
    }

    @Override
    public long timeMs() {
        return 0;
    }

    @Override
    public List<String> unsupported(Plan plan) {
        return List.of();
    }

    @Override
    public String explain(Plan plan) {
        return plan.toString();
    }

    @Override
    public StreamingRun start(MillraceContext owner, RunSpec spec) {
        calls.add("start");
        return new FakeRun();
    }

    /** Remembers the calls, makes nothing. */
    @Override
    public void prepareState(String operator) {}

    @Override
    public Datasets datasets(MillraceContext owner) {
        return (Datasets) Proxy.newProxyInstance(
                Datasets.class.getClassLoader(), new Class<?>[] {Datasets.class}, (proxy, method, given) -> {
                    if (method.getName().equals("localProperties")) {
                        return localProperties;
                    }
                    calls.add(method.getName() + Arrays.toString(given));
                    return null;
                });
    }

    @Override
    public long startTimeMs() {
        return 1_000;
    }

    @Override
    public void close() {
        calls.add("close");
    }

    private final class FakeRun implements StreamingRun {
        @Override
        public void stop(boolean graceful) {
            stopRun(graceful);
        }

        @Override
        public boolean awaitTermination(long timeoutMs) {
            return hasEnded();
        }

        @Override
        public int doWork() {
            return 0;
        }

        @Override
        public boolean hasEnded() {
            return false;
        }

        @Override
        public Optional<StopReport> stopReport() {
            return Optional.empty();
        }

        @Override
        public Map<String, Long> counters() {
            return Map.of();
        }

        @Override
        public Map<String, Long> counters(int streamId) {
            return Map.of();
        }

        @Override
        public List<RDDLike<?>> datasets(OperatorId operator, boolean pairs, Time from, Time to) {
            return List.of();
        }

        @Override
        public StateView<Object, Object> state(OperatorId operator) {
            throw new UnsupportedOperationException("no state of " + operator);
        }

        @Override
        public PushPort<?> pushPort(int streamId) {
            return new FakePort();
        }
    }

    private final class FakePort implements PushPort<Object> {
        @Override
        public boolean offer(Object record) {
            return offered.add(record);
        }

        @Override
        public boolean offerUtf8(byte[] bytes, int offset, int length) {
            return offered.add(new String(bytes, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public void complete() {}
    }
}
