package io.millrace.testkit.recovery;

import java.util.Set;
import java.util.TreeSet;

/**
 * What of a seed's game is not played, to find a smaller game that is lost as well.
 *
 * @param lives their numbers from 1; what the others do stays as it is
 * @param branches their numbers from 0
 */
record Cut(Set<Integer> lives, Set<Integer> branches) {
    static final Cut NOTHING = new Cut(Set.of(), Set.of());

    Cut withLife(int number) {
        return new Cut(with(lives, number), branches);
    }

    Cut withBranch(int number) {
        return new Cut(lives, with(branches, number));
    }

    private static Set<Integer> with(Set<Integer> numbers, int number) {
        Set<Integer> more = new TreeSet<>(numbers);
        more.add(number);
        return more;
    }
}
