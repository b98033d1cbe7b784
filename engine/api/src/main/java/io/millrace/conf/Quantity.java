package io.millrace.conf;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Reads numbers with a unit, such as {@code 200ms}, {@code 2 s} or {@code 64k}. Units of bytes count in 1024s. */
public final class Quantity {

    private static final Map<String, TimeUnit> TIME_UNITS = Map.of(
            "us", TimeUnit.MICROSECONDS,
            "ms", TimeUnit.MILLISECONDS,
            "s", TimeUnit.SECONDS,
            "m", TimeUnit.MINUTES,
            "min", TimeUnit.MINUTES,
            "h", TimeUnit.HOURS,
            "d", TimeUnit.DAYS);

    private static final String BYTE_UNITS = "bkmgtp";

    private Quantity() {}

    /**
     * Returns a time in milliseconds; a number without a unit is in milliseconds. Parts of a millisecond are cut off.
     *
     * @throws IllegalArgumentException if {@code text} is no such time
     */
    public static long timeMs(String text) {
        return time(text, TimeUnit.MILLISECONDS);
    }

    /**
     * Returns a time in {@code unit}, which a number without a unit is in too. Parts of a unit are cut off.
     *
     * @throws IllegalArgumentException if {@code text} is no such time
     */
    public static long time(String text, TimeUnit unit) {
        String trimmed = text.trim().toLowerCase(Locale.ROOT);
        int digits = digitsOf(trimmed);
        String suffix = trimmed.substring(digits).trim();
        TimeUnit from = suffix.isEmpty() ? unit : TIME_UNITS.get(suffix);
        if (from == null || digits == 0) {
            throw new IllegalArgumentException("'" + text
                    + "' is no time, expected a whole number with a unit of us, ms, s, min, h or d, such as 200ms");
        }
        return unit.convert(Long.parseLong(trimmed.substring(0, digits)), from);
    }

    /**
     * Returns a size in bytes; a number without a unit is in bytes.
     *
     * @throws IllegalArgumentException if {@code text} is no such size
     */
    public static long bytes(String text) {
        return bytes(text, 1);
    }

    /**
     * Returns a size in bytes; a number without a unit is in multiples of {@code plainUnit} bytes.
     *
     * @throws IllegalArgumentException if {@code text} is no such size, or more than a long holds
     */
    public static long bytes(String text, long plainUnit) {
        String trimmed = text.trim().toLowerCase(Locale.ROOT);
        int digits = digitsOf(trimmed);
        String suffix = trimmed.substring(digits).trim();
        long unit = suffix.isEmpty() ? plainUnit : byteUnit(suffix);
        if (unit == 0 || digits == 0) {
            throw new IllegalArgumentException("'" + text
                    + "' is no size, expected a whole number with a unit of b, k, m, g, t or p, such as 64k");
        }
        try {
            return Math.multiplyExact(Long.parseLong(trimmed.substring(0, digits)), unit);
        } catch (ArithmeticException tooLarge) {
            throw new IllegalArgumentException("'" + text + "' is more bytes than a long holds", tooLarge);
        }
    }

    /** Returns a time as one would write it: {@code 200ms}, {@code 2s}, {@code 1min}. */
    static String ofMs(long ms) {
        if (ms == 0 || ms % 1000 != 0) {
            return ms + "ms";
        }
        long seconds = ms / 1000;
        return seconds % 60 == 0 ? seconds / 60 + "min" : seconds + "s";
    }

    /** Returns a size as one would write it, in the largest unit that divides it: {@code 1500}, {@code 64k}, {@code 16m}. */
    static String ofBytes(long bytes) {
        int power = bytes == 0 ? 0 : Math.min(BYTE_UNITS.length() - 1, Long.numberOfTrailingZeros(bytes) / 10);
        return power == 0 ? Long.toString(bytes) : (bytes >> 10 * power) + BYTE_UNITS.substring(power, power + 1);
    }

    /**
     * Returns the meaning of {@code true} or {@code false}, in any case of letters.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static boolean flag(String text) {
        String trimmed = text.trim();
        if (trimmed.equalsIgnoreCase("true")) {
            return true;
        }
        if (trimmed.equalsIgnoreCase("false")) {
            return false;
        }
        throw new IllegalArgumentException("'" + text + "' is neither true nor false");
    }

    /** Returns the bytes in a unit such as {@code k} or {@code kb}, 0 if there is no such unit. */
    private static long byteUnit(String suffix) {
        boolean isLong = suffix.length() == 2 && suffix.charAt(1) == 'b' && suffix.charAt(0) != 'b';
        int power = suffix.length() == 1 || isLong ? BYTE_UNITS.indexOf(suffix.charAt(0)) : -1;
        return power < 0 ? 0 : 1L << (10 * power);
    }

    /** Returns the length of the number at the beginning, its sign included; 0 if there is none. */
    private static int digitsOf(String text) {
        int i = text.startsWith("-") ? 1 : 0;
        int first = i;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i == first ? 0 : i;
    }
}
