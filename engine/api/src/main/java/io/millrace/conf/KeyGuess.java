package io.millrace.conf;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which setting was meant by a key that is none: one that differs in a few letters, or in all but its last word. */
final class KeyGuess {

    private static final int FEW_LETTERS = 3;

    private KeyGuess() {}

    static Optional<Setting<?>> nearest(String key, List<Setting<?>> settings) {
        return settings.stream()
                .filter(setting -> isLike(key, setting.key()))
                .min(Comparator.comparingInt(setting -> distance(key, setting.key())));
    }

    private static boolean isLike(String key, String known) {
        return lastWord(key).equalsIgnoreCase(lastWord(known)) || distance(key, known) <= FEW_LETTERS;
    }

    private static String lastWord(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** How many letters have to be put in, taken out or changed to make one of the other (Levenshtein's distance). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
