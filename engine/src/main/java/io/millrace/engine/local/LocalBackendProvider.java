package io.millrace.engine.local;

import io.millrace.api.MillraceConf;
import io.millrace.engine.EngineConfig;
import io.millrace.spi.Backend;
import io.millrace.spi.BackendProvider;

/** This machine, for masters {@code local[n]}, {@code local[*]}, {@code local[0]}. */
public final class LocalBackendProvider implements BackendProvider {
    /** For {@link java.util.ServiceLoader}. */
    public LocalBackendProvider() {}

    @Override
    public boolean accepts(String master) {
        return EngineConfig.isLocal(master);
    }

    @Override
    public Backend create(MillraceConf conf) {
        EnginePorts system = EnginePorts.ofSystem();
        return new LocalBackend(
                conf, conf.threadFactory().map(system::withThreads).orElse(system));
    }
}
