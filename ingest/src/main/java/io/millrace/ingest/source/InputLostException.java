package io.millrace.ingest.source;

import io.millrace.api.MillraceException;
import java.util.List;

/**
 * What a planned batch was to read is not there any more as it was, so that the batch cannot be run again with the same input. Nothing
 * was read.
 */
public final class InputLostException extends MillraceException {
    private static final long serialVersionUID = 1L;

    private static final int MOST_SHOWN = 10;

    private final List<String> losses;

    /**
     * About one source.
     *
     * @param source its name
     * @param losses one line for each thing that is lost: its name, what was expected and what is there
     */
    public InputLostException(String source, List<String> losses) {
        super("a batch that was planned before the restart cannot be run again, because its input from " + source
                + " is not what it was: " + shown(losses)
                + "; put it back as it was, files with their modification times (cp -p, rsync -t), and start again,"
                + " or give up what the checkpoint directory holds and start with a new one");
        this.losses = List.copyOf(losses);
    }

    /** All of them, one line each. */
    public List<String> losses() {
        return losses;
    }

    private static String shown(List<String> losses) {
        String first = String.join("; ", losses.subList(0, Math.min(MOST_SHOWN, losses.size())));
        return losses.size() <= MOST_SHOWN ? first : first + "; and " + (losses.size() - MOST_SHOWN) + " more";
    }
}
