package io.millrace.api;

import io.millrace.conf.Settings;
import io.millrace.spi.Backend;
import io.millrace.spi.BackendProvider;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicLong;

/** What the contexts of one engine share: backend, settings, and whether they were stopped. */
final class SharedEngine {
    private final MillraceConf conf;
    private final Backend backend;
    private final AtomicLong accumulators = new AtomicLong();
    private volatile boolean stopped;

    /** @param given null to look for one that serves the master */
    SharedEngine(MillraceConf original, Backend given) {
        conf = original.clone();
        requireSet(Settings.MASTER.key(), "setMaster(\"local[2]\")");
        requireSet(Settings.APP_NAME.key(), "setAppName(\"my program\")");
        UnknownKeys.remark(conf);
        backend = given != null ? given : backendFor(conf.get(Settings.MASTER.key()));
    }

    private void requireSet(String key, String remedy) {
        if (!conf.contains(key)) {
            throw new MillraceException("'" + key + "' is not set in the configuration; call " + remedy);
        }
    }

    private Backend backendFor(String master) {
        for (BackendProvider provider :
                ServiceLoader.load(BackendProvider.class, getClass().getClassLoader())) {
            if (provider.accepts(master)) {
                return provider.create(conf);
            }
        }
        throw new MillraceException("no backend on the class path serves the master '" + master
                + "'; with millrace-engine there, give local[n], local[*] or local[0]");
    }

    MillraceConf conf() {
        return conf;
    }

    Backend backend() {
        return backend;
    }

    Backend running() {
        if (stopped) {
            throw new IllegalStateException("this MillraceContext was stopped; make a new one");
        }
        return backend;
    }

    long nextAccumulator() {
        running();
        return accumulators.getAndIncrement();
    }

    void stop() {
        stopped = true;
        try {
            backend.close();
        } catch (RuntimeException | Error refused) {
            stopped = false;
            throw refused;
        }
    }
}
