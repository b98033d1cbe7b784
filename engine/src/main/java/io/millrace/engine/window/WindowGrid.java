package io.millrace.engine.window;

import io.millrace.plan.WindowSpan;

/**
 * How a window lies over panes, which are pieces of time that no window cuts: as long as the greatest time that divides both the
 * window's length and its slide. Pane i covers the {@code paneMs} up to {@code (i + 1) * paneMs} after the beginning of the run; slide k
 * (from 1) has the window of the {@code panesPerWindow} panes before pane {@code k * panesPerSlide}.
 */
record WindowGrid(long paneMs, int panesPerWindow, int panesPerSlide) {
    private static final int MAX_PANES = 1 << 20; // a key that is in each of them is held so often

    /** @throws IllegalArgumentException if a window has more panes than can be counted */
    static WindowGrid of(WindowSpan span) {
        long paneMs = greatestDivisor(span.lengthMs(), span.slideMs());
        long perWindow = span.lengthMs() / paneMs;
        long perSlide = span.slideMs() / paneMs;
        if (perWindow + perSlide > MAX_PANES) {
            throw new IllegalArgumentException(
                    "a window " + span + " has " + perWindow + " panes of " + paneMs + " ms, at most " + MAX_PANES
                            + " are possible; give a longer slide, or one that divides its length");
        }
        return new WindowGrid(paneMs, (int) perWindow, (int) perSlide);
    }

    private static long greatestDivisor(long a, long b) {
        return b == 0 ? a : greatestDivisor(b, a % b);
    }

    /** The pane of a batch, so many milliseconds after the beginning. */
    long paneOf(long sinceZeroMs) {
        return (sinceZeroMs - 1) / paneMs;
    }

    /** Whether a window ends with a pane. */
    boolean endsWindow(long pane) {
        return (pane + 1) % panesPerSlide == 0;
    }

    /** Whether a pane is in a window: if windows are shorter than slides, some are in none. */
    boolean isInWindow(long pane) {
        long behind = panesPerSlide - 1 - pane % panesPerSlide; // panes from it to the end of its slide
        return behind < panesPerWindow;
    }

    /** Whether windows that follow each other have no pane in common. */
    boolean isTumbling() {
        return panesPerSlide >= panesPerWindow;
    }

    /** How long a ring must be, to hold the panes of a window and those of the next slide. */
    int ringSize() {
        return panesPerWindow + panesPerSlide + 1;
    }
}
