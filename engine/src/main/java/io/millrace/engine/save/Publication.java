package io.millrace.engine.save;

/**
 * What an output has written and nobody sees yet: it is there for good, under a hidden name, and waits to be published. Whoever keeps
 * batches writes {@link #describe} with the batch's COMMIT, and publishes when that is certain; after the end of the process between
 * the two, {@link DirectoryWriter#resume} makes the same publication of the description.
 *
 * <p>Thread: one at a time.
 */
public interface Publication {
    /** Of an output that is seen already, or has nothing to show. */
    Publication NONE = new Publication() {
        @Override
        public String describe() {
            throw new IllegalStateException("nothing is to be published, so there is nothing to find again");
        }

        @Override
        public void publish() {}

        @Override
        public void discard() {}
    };

    /** What finds it again, in another process. */
    String describe();

    /**
     * Let it be seen. May be called again, after a failure, a crash or a success: what is done already is done no more.
     *
     * @throws io.millrace.api.MillraceException MR-1107 if something else is in the way, MR-1105 if what was written is no longer whole,
     *     or if the file system says no; what was written stays, for another attempt
     */
    void publish();

    /** Drop what was written and is not published: its batch does not count. What cannot be deleted stays hidden, and is told in the log. */
    void discard();

    /** Publish where no COMMIT is waited for; what cannot be published is dropped. */
    default void publishOrDiscard() {
        boolean isPublished = false;
        try {
            publish();
            isPublished = true;
        } finally {
            if (!isPublished) {
                discard();
            }
        }
    }
}
