package io.millrace.jmh.flow;

import io.millrace.jmh.data.Lines;
import java.util.Map;

/** Which chunks were fed, how often, so that the judge counts the same. One feeder; others may stop it and read its end. */
final class Feed {
    private final Lines lines;
    private final long[] timesFed;
    private int next;
    private volatile boolean stopped;
    private volatile boolean ended;

    Feed(Lines lines) {
        this.lines = lines;
        this.timesFed = new long[lines.chunks()];
    }

    /** The next chunk to feed, round and round; −1 at the end. */
    int next() {
        if (stopped) {
            ended = true;
            return -1;
        }
        int chunk = next;
        next = chunk + 1 == timesFed.length ? 0 : chunk + 1;
        timesFed[chunk]++;
        return chunk;
    }

    void stop() {
        stopped = true;
    }

    boolean hasEnded() {
        return ended;
    }

    /** What must have been counted, once the feed has ended. */
    Map<String, Long> expected() {
        if (!ended) {
            throw new IllegalStateException("the feeder is still feeding");
        }
        return lines.countWords(timesFed);
    }
}
