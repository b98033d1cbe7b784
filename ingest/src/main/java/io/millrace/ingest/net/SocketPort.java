package io.millrace.ingest.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Opens connections to servers. Tests put a scripted one here, a simulator its own. Thread: any. */
public interface SocketPort {

    /**
     * Begin to connect. Returns at once, but may look up the host's name first.
     *
     * @param address host and port; an unresolved address is looked up anew at each call
     * @return a connection that is being made; the caller closes it
     * @throws IOException if the host is unknown or the connection is refused at once
     */
    Connection connect(InetSocketAddress address) throws IOException;

    /** One connection. Thread: one reader; {@link #wakeUp} from any thread. */
    interface Connection extends AutoCloseable {

        /**
         * Look whether the connection stands by now.
         *
         * @return false: not yet
         * @throws IOException if it cannot be made, for instance because it was refused
         */
        boolean finishConnect() throws IOException;

        /**
         * Read what is there into the buffer.
         *
         * @param into at least one byte of room
         * @return how many bytes, 0 if nothing is there now, -1 at the end of the stream
         * @throws IOException if the connection broke
         */
        int read(ByteBuffer into) throws IOException;

        /**
         * Wait until there is something to do ({@link #finishConnect} or {@link #read}), the time is over, or
         * {@link #wakeUp} was called since the last wait. May return early for no reason.
         *
         * @param nanos at most so long, in nanoseconds of real time
         * @throws IOException if the connection broke
         */
        void await(long nanos) throws IOException;

        /** End the present wait, or the next one if there is none. Safe after {@link #close}. */
        void wakeUp();

        /** Let go of the connection. Later calls do nothing. */
        @Override
        void close();
    }
}
