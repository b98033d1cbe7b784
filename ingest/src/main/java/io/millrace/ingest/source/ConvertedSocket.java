package io.millrace.ingest.source;

import io.millrace.api.MillraceException;
import io.millrace.api.receiver.Receiver;
import io.millrace.ingest.net.ConnectionStream;
import io.millrace.ingest.net.SocketPort;
import io.millrace.ingest.net.SocketPort.Connection;
import io.millrace.plan.source.SocketConverterSpec;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Stores what a function of the program makes of a connection's bytes, record by record, and connects again when they end.
 *
 * <p>Thread: one per connection, also where the caller drives: the function waits for bytes, and nobody else can.
 *
 * @param <T> record type
 */
final class ConvertedSocket<T> extends Receiver<T> {
    private static final long serialVersionUID = 1L;
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final transient SocketConverterSpec spec;
    private final transient SocketPort sockets;
    private final transient ThreadFactory threads;
    private transient Session session;

    ConvertedSocket(SocketConverterSpec spec, SocketPort sockets, ThreadFactory threads) {
        super(spec.level());
        this.spec = spec;
        this.sockets = sockets;
        this.threads = threads;
    }

    @Override
    public void onStart() {
        session = new Session();
        Thread thread = threads.newThread(session);
        thread.setName("millrace-converted-socket-" + streamId());
        thread.start();
    }

    /** {@inheritDoc} What the function has not made a record of by then is not stored. */
    @Override
    public void onStop() {
        if (session != null) {
            session.end();
        }
    }

    private String address() {
        return spec.host() + ":" + spec.port();
    }

    /** One connection, from being made to its end. */
    private final class Session implements Runnable {
        private volatile Connection connection;
        private volatile boolean isEnded;

        void end() {
            isEnded = true;
            Connection open = connection;
            if (open != null) {
                open.wakeUp();
            }
        }

        @Override
        public void run() {
            try (Connection open = sockets.connect(InetSocketAddress.createUnresolved(spec.host(), spec.port()))) {
                connection = open;
                while (!isEnded && !open.finishConnect()) {
                    open.await(WAIT_NANOS);
                }
                storeAll(open);
                again("no more data from " + address(), null);
            } catch (Throwable e) {
                // Also an error of the JVM: a source that is dead in silence is worse than one that tries again.
                again("reading from " + address() + " failed: " + e, e);
            }
        }

        private void storeAll(Connection open) throws Exception {
            if (isEnded) {
                return;
            }
            Iterable<?> records = spec.converter().call(new ConnectionStream(open, () -> isEnded));
            if (records == null) {
                throw new MillraceException("the converter of socketStream gave null; give an empty Iterable");
            }
            for (Object record : records) {
                if (isEnded) {
                    return;
                }
                @SuppressWarnings("unchecked") // the spec's function makes records of the stream's type
                T typed = (T) record;
                store(typed);
            }
        }

        private void again(String message, Throwable error) {
            if (!isEnded) {
                restart(message, error);
            }
        }
    }
}
