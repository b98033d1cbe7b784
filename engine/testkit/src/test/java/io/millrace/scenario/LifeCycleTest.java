package io.millrace.scenario;

import static io.millrace.api.Durations.milliseconds;
import static io.millrace.api.Durations.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceContext;
import io.millrace.api.PushInputDStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.StreamingContextState;
import io.millrace.testkit.RememberedThreads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** From definition to start to stop (behaviour spec 2 and 5.4). */
class LifeCycleTest {
    private static StreamingContext context() {
        return new StreamingContext(
                new MillraceConf(false).setMaster("local[2]").setAppName("life"), milliseconds(10));
    }

    private static String refusal(Class<? extends Throwable> type, Executable call) {
        return assertThrows(type, call).getMessage();
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertTrue(latch.await(20, TimeUnit.SECONDS), "waited 20 s");
    }

    @Test
    void aContextIsInitializedThenActiveThenStopped() {
        try (StreamingContext ssc = context()) {
            assertEquals(StreamingContextState.INITIALIZED, ssc.getState());
            ssc.pushStream(String.class).print();
            assertEquals(StreamingContextState.INITIALIZED, ssc.getState());
            ssc.start();
            assertEquals(StreamingContextState.ACTIVE, ssc.getState());
            ssc.stop();
            assertEquals(StreamingContextState.STOPPED, ssc.getState());
        }
    }

    @Test
    void aContextWhoseStartFailsIsStopped() {
        try (StreamingContext ssc = context()) {
            ssc.pushStream(String.class).map(String::length);
            String refusal = refusal(IllegalArgumentException.class, ssc::start);
            assertTrue(refusal.contains("No output operations registered, so nothing to execute"), refusal);
            assertEquals(StreamingContextState.STOPPED, ssc.getState());
            assertTrue(refusal(IllegalStateException.class, ssc::start).contains("already been stopped"));
            assertTrue(StreamingContext.getActive().isEmpty());
        }
    }

    @Test
    void inputsTransformationsAndOutputsAreRefusedAfterStartAndAfterStop() {
        try (StreamingContext ssc = context()) {
            PushInputDStream<String> words = ssc.pushStream(String.class);
            words.foreachRDD(rdd -> {});
            List<Executable> additions = List.of(
                    () -> ssc.pushStream(String.class),
                    () -> ssc.socketTextStream("localhost", 1),
                    () -> ssc.queueStream(new ArrayDeque<>()),
                    () -> words.map(word -> word),
                    () -> words.countByValue(),
                    () -> words.union(words),
                    () -> words.count(),
                    () -> words.print(),
                    () -> words.foreachRDD(rdd -> {}));
            ssc.start();
            for (Executable addition : additions) {
                String refusal = refusal(IllegalStateException.class, addition);
                assertTrue(refusal.contains("after start"), refusal);
            }
            ssc.stop();
            for (Executable addition : additions) {
                String refusal = refusal(IllegalStateException.class, addition);
                assertTrue(refusal.contains("after stop"), refusal);
            }
        }
    }

    @Test
    void startingTwiceChangesNothing() {
        try (StreamingContext ssc = context()) {
            ssc.pushStream(String.class).foreachRDD(rdd -> {});
            ssc.start();
            ssc.start();
            assertEquals(StreamingContextState.ACTIVE, ssc.getState());
        }
    }

    @Test
    void aStoppedContextIsNotStartedAgain() {
        StreamingContext ssc = context();
        ssc.pushStream(String.class).foreachRDD(rdd -> {});
        ssc.start();
        ssc.stop();
        ssc.stop();
        String refusal = refusal(IllegalStateException.class, ssc::start);
        assertTrue(refusal.contains("already been stopped"), refusal);
        assertEquals(StreamingContextState.STOPPED, ssc.getState());
    }

    @Test
    void aContextMayBeStoppedBeforeItWasStarted() throws Exception {
        StreamingContext ssc = context();
        ssc.pushStream(String.class).foreachRDD(rdd -> {});
        ssc.stop();
        assertEquals(StreamingContextState.STOPPED, ssc.getState());
        assertThrows(IllegalStateException.class, ssc::start);
        ssc.awaitTermination();
        assertTrue(ssc.awaitTerminationOrTimeout(0));
    }

    @Test
    void theEngineMayBeKeptForAnotherContext() throws Exception {
        RememberedThreads threads = new RememberedThreads();
        try (MillraceContext engine = new MillraceContext(new MillraceConf(false)
                .setMaster("local[2]")
                .setAppName("two lives")
                .setThreadFactory(threads))) {
            for (int life = 0; life < 3; life++) {
                StreamingContext ssc = new StreamingContext(engine, milliseconds(5));
                PushInputDStream<Integer> numbers = ssc.pushStream(Integer.class);
                List<Integer> seen = new ArrayList<>();
                numbers.foreachRecord((number, time) -> seen.add(number));
                ssc.start();
                assertTrue(numbers.offer(life));
                ssc.stop(false, true);
                assertEquals(List.of(life), seen);
                assertEquals(
                        100,
                        engine.parallelize(Collections.nCopies(100, 1))
                                .collect()
                                .size());
            }
        }
        threads.assertAllEnded();
    }

    @Test
    void severalContextsRunInOneJvmIfTheyAreToldThatTheyMay() throws Exception {
        List<Integer> first = Collections.synchronizedList(new ArrayList<>());
        List<Integer> second = Collections.synchronizedList(new ArrayList<>());
        MillraceConf conf = new MillraceConf(false)
                .setMaster("local[2]")
                .setAppName("one of several")
                .set("millrace.streaming.allowMultipleContexts", "true");
        try (StreamingContext one = context();
                StreamingContext two = new StreamingContext(conf, milliseconds(10));
                StreamingContext three = new StreamingContext(two.millraceContext(), milliseconds(7))) {
            PushInputDStream<Integer> ones = one.pushStream(Integer.class);
            PushInputDStream<Integer> twos = two.pushStream(Integer.class);
            PushInputDStream<Integer> threes = three.pushStream(Integer.class);
            ones.foreachRecord((number, time) -> first.add(number));
            twos.foreachRecord((number, time) -> second.add(number));
            threes.map(number -> number + 100).foreachRecord((number, time) -> second.add(number));
            one.start();
            two.start();
            three.start();
            for (PushInputDStream<Integer> stream : List.of(ones, twos, threes)) {
                assertTrue(stream.offer(7));
                stream.complete();
            }
            one.awaitTermination();
            two.awaitTermination();
            three.awaitTermination();
            second.sort(null);
            assertEquals(List.of(7), first);
            assertEquals(List.of(7, 107), second);
        }
    }

    @Test
    void completedPushStreamsEndTheContextWhenWhatTheyGaveIsProcessed() throws Exception {
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        try (StreamingContext ssc = context()) {
            PushInputDStream<String> words = ssc.pushStream(String.class);
            PushInputDStream<Integer> numbers = ssc.pushStream(Integer.class);
            words.foreachRecord((word, time) -> seen.add(word));
            numbers.foreachRecord((number, time) -> seen.add(number));
            ssc.start();
            assertTrue(words.offer("a"));
            words.complete();
            assertFalse(words.offer("b"));
            assertFalse(ssc.awaitTerminationOrTimeout(30));
            assertTrue(numbers.offer(1));
            numbers.complete();
            ssc.awaitTermination();
            assertEquals(StreamingContextState.STOPPED, ssc.getState());
        }
        assertTrue(seen.contains("a") && seen.contains(1) && seen.size() == 2, seen.toString());
    }

    @Test
    void awaitTerminationReturnsWhenAnotherThreadStops() throws Exception {
        StreamingContext ssc = context();
        CountDownLatch batch = new CountDownLatch(1);
        ssc.pushStream(String.class).foreachRDD(rdd -> batch.countDown());
        ssc.start();
        Thread stopper = new Thread(() -> {
            try {
                await(batch);
            } catch (InterruptedException impossible) {
                throw new AssertionError(impossible);
            }
            ssc.stop();
        });
        stopper.start();
        ssc.awaitTermination();
        assertTrue(ssc.awaitTerminationOrTimeout(0));
        stopper.join();
    }

    @Test
    void aGracefulStopProcessesAllThatWasReceived() {
        for (String master : List.of("local[0]", "local[1]", "local[3]")) {
            List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
            MillraceConf conf = new MillraceConf(false).setMaster(master).setAppName("graceful");
            StreamingContext ssc = new StreamingContext(conf, seconds(3600));
            PushInputDStream<Integer> numbers = ssc.pushStream(Integer.class);
            numbers.map(number -> number + 1).foreachRecord((number, time) -> seen.add(number));
            ssc.start();
            for (int i = 0; i < 1000; i++) {
                assertTrue(numbers.offer(i));
            }
            ssc.stop(true, true);
            assertEquals(1000, seen.size(), master);
            assertFalse(numbers.offer(0));
        }
    }

    @Test
    void aPlainStopDropsWhatWaits() {
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        StreamingContext ssc = new StreamingContext(
                new MillraceConf(false).setMaster("local[1]").setAppName("plain"), seconds(3600));
        PushInputDStream<Integer> numbers = ssc.pushStream(Integer.class);
        numbers.foreachRecord((number, time) -> seen.add(number));
        ssc.start();
        assertTrue(numbers.offer(1));
        ssc.stop();
        assertEquals(List.of(), seen);
    }

    @Test
    void stoppingInsideAnOutputIsRefusedOnAnyOfItsThreads() throws Exception {
        RememberedThreads threads = new RememberedThreads();
        List<Throwable> refusals = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(1);
        MillraceConf conf = new MillraceConf(false)
                .setMaster("local[2]")
                .setAppName("inside")
                .set("millrace.inlineRows", "0")
                .setThreadFactory(threads);
        try (StreamingContext ssc = new StreamingContext(conf, milliseconds(10))) {
            PushInputDStream<Integer> numbers = ssc.pushStream(Integer.class);
            numbers.foreachRDD(rdd -> {
                if (!rdd.isEmpty() && refusals.isEmpty()) {
                    refusals.add(assertThrows(IllegalStateException.class, ssc::stop));
                    refusals.add(assertThrows(IllegalStateException.class, () -> ssc.stop(false, true)));
                    refusals.add(assertThrows(IllegalStateException.class, ssc::awaitTermination));
                    rdd.foreach(number -> refusals.add(assertThrows(IllegalStateException.class, ssc::stop)));
                    done.countDown();
                }
            });
            ssc.start();
            numbers.offer(1);
            await(done);
            assertEquals(StreamingContextState.ACTIVE, ssc.getState());
        }
        assertEquals(4, refusals.size());
        refusals.forEach(
                refused -> assertTrue(refused.getMessage().contains("inside an output"), refused.getMessage()));
        threads.assertAllEnded();
    }

    @Test
    void anOutputThatHangsIsInterruptedByAStop() throws Exception {
        RememberedThreads threads = new RememberedThreads();
        CountDownLatch hangs = new CountDownLatch(1);
        AtomicReference<Throwable> woken = new AtomicReference<>();
        MillraceConf conf = new MillraceConf(false)
                .setMaster("local[1]")
                .setAppName("hanging")
                .setThreadFactory(threads);
        StreamingContext ssc = new StreamingContext(conf, milliseconds(10));
        ssc.pushStream(Integer.class).foreachRDD(rdd -> {
            hangs.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException interrupted) {
                woken.set(interrupted);
                throw interrupted;
            }
        });
        ssc.start();
        await(hangs);
        ssc.stop();
        assertNotNull(woken.get());
        threads.assertAllEnded();
    }

    @Test
    void allThreadsComeFromTheFactoryThatWasGiven() throws Exception {
        RememberedThreads threads = new RememberedThreads();
        List<Thread> users = Collections.synchronizedList(new ArrayList<>());
        MillraceConf conf = new MillraceConf(false)
                .setMaster("local[2]")
                .setAppName("threads")
                .set("millrace.inlineRows", "0")
                .setThreadFactory(threads);
        StreamingContext ssc = new StreamingContext(conf, milliseconds(10));
        PushInputDStream<Integer> numbers = ssc.pushStream(Integer.class);
        numbers.map(number -> {
                    users.add(Thread.currentThread());
                    return number;
                })
                .foreachRecord((number, time) -> users.add(Thread.currentThread()));
        ssc.socketTextStream("localhost", 1).foreachRDD(rdd -> {});
        ssc.start();
        numbers.offer(1);
        numbers.offer(2);
        ssc.stop(true, true);
        assertTrue(threads.made().containsAll(users), "all threads that ran user code were made by the factory");
        assertTrue(users.size() >= 4);
        assertEquals(5, threads.made().size(), "two workers, conductor, jobs, one receiver: " + threads.made());
        threads.assertAllEnded();
    }

    @Test
    void theCallerDrivesAContextWithoutThreads() {
        RememberedThreads threads = new RememberedThreads();
        Thread caller = Thread.currentThread();
        List<Thread> users = new ArrayList<>();
        MillraceConf conf = new MillraceConf(false)
                .setMaster("local[0]")
                .setAppName("driven")
                .setThreadFactory(threads);
        StreamingContext ssc = new StreamingContext(conf, milliseconds(1));
        PushInputDStream<Integer> numbers = ssc.pushStream(Integer.class);
        numbers.countByValue().foreachRecord((number, time) -> users.add(Thread.currentThread()));
        assertTrue(refusal(IllegalStateException.class, ssc::doWork).contains("before start()"));
        ssc.start();
        numbers.offer(1);
        while (users.isEmpty()) {
            ssc.doWork();
        }
        ssc.stop();
        assertEquals(0, ssc.doWork());
        assertEquals(List.of(caller), users);
        assertEquals(List.of(), threads.made());
    }

    @Test
    void aContextWithThreadsIsNotDrivenByItsCaller() {
        try (StreamingContext ssc = context()) {
            ssc.pushStream(String.class).foreachRDD(rdd -> {});
            ssc.start();
            String refusal = refusal(IllegalStateException.class, ssc::doWork);
            assertTrue(refusal.contains("local[0]"), refusal);
        }
    }

    @Test
    void theCallerMayNotDriveFromInsideAnOutput() {
        List<String> refusals = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1))) {
            rig.ssc.pushStream(String.class).foreachRDD(rdd -> {
                refusals.add(refusal(IllegalStateException.class, rig.ssc::doWork));
                refusals.add(refusal(IllegalStateException.class, () -> rig.ssc.stop(true, true)));
                refusals.add(refusal(IllegalStateException.class, () -> rig.ssc.awaitTerminationOrTimeout(1)));
            });
            rig.ssc.start();
            rig.toBatch(1);
        }
        assertEquals(3, refusals.size());
        refusals.forEach(refusal -> assertTrue(refusal.contains("inside an output"), refusal));
    }

    @Test
    void whoeverWaitsDrivesAContextWithoutThreads() throws Exception {
        List<Integer> seen = new ArrayList<>();
        MillraceConf conf = new MillraceConf(false).setMaster("local[0]").setAppName("waiting");
        try (StreamingContext ssc = new StreamingContext(conf, milliseconds(5))) {
            PushInputDStream<Integer> numbers = ssc.pushStream(Integer.class);
            numbers.reduce((a, b) -> a + b).foreachRecord((sum, time) -> seen.add(sum));
            ssc.start();
            numbers.offer(1);
            numbers.offer(2);
            numbers.complete();
            ssc.awaitTermination();
        }
        assertEquals(3, seen.stream().mapToInt(x -> x).sum());
    }

    @Test
    void theConstructorsForAClusterKeepWhatTheyAreTold() {
        try (StreamingContext ssc = new StreamingContext(
                "local[1]", "home", seconds(1), "/opt/home", new String[] {"a.jar", "b.jar"}, Map.of("KEY", "value"))) {
            MillraceConf conf = ssc.millraceContext().getConf();
            assertEquals("/opt/home", conf.get("spark.home"));
            assertEquals("a.jar,b.jar", conf.get("spark.jars"));
            assertEquals("value", conf.get("spark.executorEnv.KEY"));
        }
        try (StreamingContext ssc = new StreamingContext("local[1]", "home", seconds(1), null, "a.jar")) {
            assertEquals("home", ssc.millraceContext().appName());
        }
    }

    @Test
    void theEngineIsStoppedByTheStopThatSaysSo() {
        StreamingContext ssc = context();
        ssc.pushStream(String.class).foreachRDD(rdd -> {});
        ssc.start();
        ssc.stop(false);
        MillraceContext engine = ssc.millraceContext();
        assertEquals(1, engine.parallelize(List.of(1)).count());
        ssc.stop(true);
        assertThrows(IllegalStateException.class, () -> engine.parallelize(List.of(1)));
        assertEquals(StreamingContextState.STOPPED, ssc.getState());
    }

    @Test
    void theJarOfAClassIsTold() {
        assertEquals(1, StreamingContext.jarOfClass(Test.class).length);
        assertEquals(0, StreamingContext.jarOfClass(String.class).length);
    }
}
