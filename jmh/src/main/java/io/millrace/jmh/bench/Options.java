package io.millrace.jmh.bench;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Names of options. */
final class Options {
    private Options() {}

    /** Both together. */
    static Set<String> with(Set<String> names, String... more) {
        Set<String> all = new HashSet<>(names);
        all.addAll(Arrays.asList(more));
        return all;
    }
}
