package io.millrace.spi;

import io.millrace.api.MillraceConf;

/** Makes backends; found by {@link java.util.ServiceLoader}. */
public interface BackendProvider {
    /** Whether this provider serves such a master text, for example {@code local[4]}. */
    boolean accepts(String master);

    /** A backend for this configuration; its master was accepted before. */
    Backend create(MillraceConf conf);
}
