package io.millrace.engine.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.task.WorkerScratch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerPoolTest {
    private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    private WorkerPool pool;

    private WorkerPool pool(int workers, boolean spinning) {
        pool = new WorkerPool(workers, this::thread, spinning);
        return pool;
    }

    private Thread thread(Runnable body) {
        Thread thread = new Thread(body);
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    @AfterEach
    void noThreadLivesOnAfterClose() throws InterruptedException {
        pool.close();
        pool.close();
        for (Thread thread : threads) {
            assertFalse(thread.isAlive(), thread.getName());
        }
    }

    @ParameterizedTest
    @CsvSource({"0,false", "1,false", "2,false", "2,true", "3,false"})
    void eachTaskIsRunOnce(int workers, boolean spinning) throws Exception {
        pool(workers, spinning);
        WorkerScratches scratches = pool.newScratches();
        for (int tasks : new int[] {0, 1, 2, 7, 1000}) {
            for (boolean inline : new boolean[] {true, false}) {
                List<Integer> run = Collections.synchronizedList(new ArrayList<>());
                pool.forEach(tasks, inline, scratches, (task, scratch) -> run.add(task));
                run.sort(null);
                assertEquals(IntStream.range(0, tasks).boxed().toList(), run);
            }
        }
    }

    @Test
    void inlineTasksRunInOrderOnTheCallersThread() throws Exception {
        pool(2, false);
        List<Integer> order = new ArrayList<>();
        pool.forEach(5, true, pool.newScratches(), (task, scratch) -> {
            assertEquals(2, scratch.index());
            order.add(task);
        });
        assertEquals(List.of(0, 1, 2, 3, 4), order);
    }

    @Test
    void workersRunAtTheSameTimeEachWithAScratchOfItsOwn() throws Exception {
        pool(2, false);
        CyclicBarrier both = new CyclicBarrier(2);
        List<Integer> indexes = Collections.synchronizedList(new ArrayList<>());
        pool.forEach(2, false, pool.newScratches(), (task, scratch) -> {
            both.await(20, TimeUnit.SECONDS);
            indexes.add(scratch.index());
        });
        indexes.sort(null);
        assertEquals(List.of(0, 1), indexes);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2"})
    void theFirstFailureIsThrownWithItsTaskAndThePoolGoesOn(int workers) throws Exception {
        pool(workers, false);
        WorkerScratches scratches = pool.newScratches();
        TaskFailure failure = assertThrows(
                TaskFailure.class,
                () -> pool.forEach(4, false, scratches, (task, scratch) -> {
                    if (task == 2) {
                        throw new IllegalStateException("task " + task);
                    }
                }));
        assertEquals(2, failure.partition());
        assertEquals("task 2", failure.getCause().getMessage());
        AtomicInteger after = new AtomicInteger();
        pool.forEach(4, false, scratches, (task, scratch) -> after.incrementAndGet());
        assertEquals(4, after.get());
    }

    @Test
    void errorsAreFailuresToo() {
        pool(1, false);
        TaskFailure failure = assertThrows(
                TaskFailure.class,
                () -> pool.forEach(1, false, pool.newScratches(), (task, scratch) -> {
                    throw new StackOverflowError();
                }));
        assertSame(StackOverflowError.class, failure.getCause().getClass());
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2"})
    void aTaskMayNotStartOthers(int workers) {
        pool(workers, false);
        WorkerScratches scratches = pool.newScratches();
        TaskFailure failure = assertThrows(
                TaskFailure.class,
                () -> pool.forEach(1, false, scratches, (task, scratch) -> {
                    assertTrue(pool.isInsideTask());
                    pool.forEach(1, true, scratches, (inner, innerScratch) -> {});
                }));
        assertSame(IllegalStateException.class, failure.getCause().getClass());
        assertFalse(pool.isInsideTask());
    }

    @Test
    void callersFromSeveralThreadsNeverShareAScratchAtOneTime() throws Exception {
        pool(2, false);
        WorkerScratches scratches = pool.newScratches();
        Set<WorkerScratch> inUse = ConcurrentHashMap.newKeySet();
        AtomicReference<Throwable> broken = new AtomicReference<>();
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < 4; caller++) {
            boolean inline = caller % 2 == 0;
            callers.add(new Thread(() -> {
                try {
                    for (int step = 0; step < 200; step++) {
                        AtomicInteger tasks = new AtomicInteger();
                        pool.forEach(3, inline, scratches, (task, scratch) -> {
                            assertTrue(inUse.add(scratch), "two threads have the same scratch");
                            tasks.incrementAndGet();
                            inUse.remove(scratch);
                        });
                        assertEquals(3, tasks.get());
                    }
                } catch (Throwable thrown) {
                    broken.set(thrown);
                }
            }));
        }
        callers.forEach(Thread::start);
        for (Thread caller : callers) {
            caller.join();
        }
        assertSame(null, broken.get());
    }

    @Test
    void anInterruptedCallerEndsItsStepAndStaysInterrupted() throws Exception {
        pool(1, false);
        CountDownLatch begun = new CountDownLatch(1);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicInteger run = new AtomicInteger();
        Thread caller = new Thread(() -> {
            try {
                pool.forEach(3, false, pool.newScratches(), (task, scratch) -> {
                    run.incrementAndGet();
                    begun.countDown();
                    new CountDownLatch(1).await();
                });
            } catch (Throwable failure) {
                thrown.set(Thread.currentThread().isInterrupted() ? failure : null);
            }
        });
        caller.start();
        assertTrue(begun.await(20, TimeUnit.SECONDS));
        caller.interrupt();
        caller.join();
        assertSame(TaskFailure.class, thrown.get().getClass());
        assertEquals(1, run.get());
        AtomicInteger after = new AtomicInteger();
        pool.forEach(1, false, pool.newScratches(), (task, scratch) -> after.incrementAndGet());
        assertEquals(1, after.get());
    }

    @Test
    void nothingRunsAfterClose() {
        pool(1, false);
        WorkerScratches scratches = pool.newScratches();
        pool.close();
        assertThrows(IllegalStateException.class, () -> pool.forEach(1, true, scratches, (task, scratch) -> {}));
    }

    @Test
    void whatAThreadMadeIsMadeOncePerUserOfThePool() throws Exception {
        pool(0, false);
        Object key = new Object();
        List<Object> made = new ArrayList<>();
        WorkerScratches one = pool.newScratches();
        for (WorkerScratches scratches : List.of(one, one, pool.newScratches())) {
            pool.forEach(1, true, scratches, (task, scratch) -> made.add(scratch.madeFor(key, Object::new)));
        }
        assertSame(made.get(0), made.get(1));
        assertNotSame(made.get(0), made.get(2));
    }
}
