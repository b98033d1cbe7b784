package io.millrace.testkit.recovery;

import io.millrace.checkpoint.file.FileStore;
import io.millrace.checkpoint.file.StoreFile;
import io.millrace.checkpoint.simulation.SimulatedCrash;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A simulated disk as one process has it. After the process's end nothing that is still closed in this JVM reaches the disk: a crash
 * is thrown once, and whatever comes then fails with an {@link IOException}, which the way out of an engine can bear.
 */
public final class ProcessView {
    private static final Set<String> HARMLESS =
            Set.of("close", "location", "identity", "name", "unmap", "hashCode", "toString");

    private final AtomicBoolean hasEnded = new AtomicBoolean();
    private final FileStore store;

    /** A new process with that disk. */
    public ProcessView(SimulatedFileStore disk) {
        store = guarded(FileStore.class, disk);
    }

    /** The disk, for the engine of this process. */
    public FileStore store() {
        return store;
    }

    /** The process is no more. */
    public void end() {
        hasEnded.set(true);
    }

    /** It ends here. */
    void crash(String where) {
        end();
        throw new SimulatedCrash(where);
    }

    private <T> T guarded(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(target, method, arguments)));
    }

    /** Whether it is. */
    public boolean hasEnded() {
        return hasEnded.get();
    }

    private Object call(Object target, Method method, Object[] arguments) throws Throwable {
        if (hasEnded.get() && !HARMLESS.contains(method.getName())) {
            throw new IOException("the process has ended");
        }
        try {
            Object result = method.invoke(target, arguments);
            return result instanceof StoreFile file ? guarded(StoreFile.class, file) : result;
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof SimulatedCrash) {
                end();
            }
            throw thrown.getCause();
        }
    }
}
