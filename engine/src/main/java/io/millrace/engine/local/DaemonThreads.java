package io.millrace.engine.local;

import java.util.concurrent.ThreadFactory;

/** The thread factory of programs that set none: daemons, which never keep a JVM alive. */
enum DaemonThreads implements ThreadFactory {
    INSTANCE;

    @Override
    public Thread newThread(Runnable body) {
        Thread thread = new Thread(body);
        thread.setDaemon(true);
        return thread;
    }
}
