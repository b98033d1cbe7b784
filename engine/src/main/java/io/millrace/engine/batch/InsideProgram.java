package io.millrace.engine.batch;

/** Which thread runs the program's code at the moment, so that an interrupt meets that and nothing else. */
final class InsideProgram {
    private Thread thread;

    /** The calling thread begins to. */
    synchronized void enter() {
        thread = Thread.currentThread();
    }

    /** It has ended. */
    synchronized void leave() {
        thread = null;
    }

    /** Interrupt the thread that does, if one does. Any thread. */
    synchronized void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
