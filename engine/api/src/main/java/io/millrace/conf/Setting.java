package io.millrace.conf;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One setting: its key, its default, its unit, its range, and what it does in one line. Immutable; {@link Settings}
 * holds all of them.
 *
 * @param <T> what its text means once read: {@link Long}, {@link Integer}, {@link Boolean}, {@link String} or an enum
 */
public final class Setting<T> {

    private final String key;
    private final String defaultText;
    private final String unit;
    private final String range;
    private final String meaning;
    private final Function<String, T> reader;
    private final T defaultValue;

    /**
     * {@code reader} throws an {@link IllegalArgumentException}, with or without a message, for text it does not
     * accept.
     */
    private Setting(
            String key, String defaultText, String unit, String range, String meaning, Function<String, T> reader) {
        this.key = key;
        this.defaultText = defaultText;
        this.unit = unit;
        this.range = range;
        this.meaning = meaning;
        this.reader = reader;
        this.defaultValue = defaultText == null ? null : parse(defaultText);
    }

    /** A setting of free text; {@code defaultText} may be null: then it has to be set where it is needed. */
    static Setting<String> text(String key, String defaultText, String range, String meaning) {
        return new Setting<>(key, defaultText, "text", range, meaning, Objects::requireNonNull);
    }

    static Setting<Integer> count(String key, int defaultValue, int least, int most, String meaning) {
        return new Setting<>(key, Integer.toString(defaultValue), "count", range(least, most), meaning, text -> {
            long value = inRange(Long.parseLong(text.trim()), least, most);
            return (int) value;
        });
    }

    /** A count of 1 or more that is read as 1, whatever it is; {@code range} says so, and why. */
    static Setting<Integer> one(String key, String range, String meaning) {
        return new Setting<>(key, "1", "count", range, meaning, text -> {
            inRange(Long.parseLong(text.trim()), 1, Integer.MAX_VALUE);
            return 1;
        });
    }

    static Setting<Integer> powerOfTwo(String key, int defaultValue, int least, int most, String meaning) {
        return new Setting<>(
                key,
                Integer.toString(defaultValue),
                "count",
                "a power of two, " + range(least, most),
                meaning,
                text -> {
                    long value = inRange(Long.parseLong(text.trim()), least, most);
                    require(Long.bitCount(value) == 1);
                    return (int) value;
                });
    }

    /** Records per second; 0 and less, which mean "no limit" in Spark too, are read as {@link Long#MAX_VALUE}. */
    static Setting<Long> rate(String key, String meaning) {
        return new Setting<>(
                key,
                "0",
                "records per second",
                "a whole number of records per second, where 0 or less is no limit",
                meaning,
                text -> {
                    long rate = Long.parseLong(text.trim());
                    return rate <= 0 ? Long.MAX_VALUE : rate;
                });
    }

    static Setting<Long> timeMs(String key, long defaultMs, long leastMs, long mostMs, String meaning) {
        return new Setting<>(
                key,
                Quantity.ofMs(defaultMs),
                "ms",
                "a time of " + range(leastMs, mostMs) + " ms, such as 500, 500ms, 2s or 1min",
                meaning,
                text -> inRange(Quantity.timeMs(text), leastMs, mostMs));
    }

    static Setting<Long> bytes(String key, long defaultBytes, long leastBytes, long mostBytes, String meaning) {
        return new Setting<>(
                key,
                Quantity.ofBytes(defaultBytes),
                "bytes",
                "a size of " + sizes(leastBytes, mostBytes) + ", in bytes or with a unit, such as 64k, 16m or 1g",
                meaning,
                text -> inRange(Quantity.bytes(text), leastBytes, mostBytes));
    }

    static Setting<Boolean> flag(String key, boolean defaultValue, String meaning) {
        return new Setting<>(key, Boolean.toString(defaultValue), "flag", "true or false", meaning, Quantity::flag);
    }

    /** A setting whose text names a constant of the default's enum, in any case of letters. */
    static <E extends Enum<E>> Setting<E> choice(String key, E defaultValue, String meaning) {
        Class<E> choices = defaultValue.getDeclaringClass();
        String range = Arrays.stream(choices.getEnumConstants())
                .map(Setting::nameOf)
                .collect(Collectors.joining(", "))
                .replaceFirst(", (?!.*, )", " or ");
        return new Setting<>(
                key,
                nameOf(defaultValue),
                "choice",
                range,
                meaning,
                text -> Enum.valueOf(choices, text.trim().toUpperCase(Locale.ROOT)));
    }

    /** The key, such as {@code millrace.streaming.blockInterval}. */
    public String key() {
        return key;
    }

    /** The default as one would write it, or null if there is none. */
    public String defaultText() {
        return defaultText;
    }

    /** The default, or null if there is none. */
    public T defaultValue() {
        return defaultValue;
    }

    /** What a number without a unit means: {@code ms}, {@code bytes}, {@code count}, …; or what kind of word it is. */
    public String unit() {
        return unit;
    }

    /** The values allowed, in words, their unit included. */
    public String range() {
        return range;
    }

    /** What the setting does, in one line. */
    public String meaning() {
        return meaning;
    }

    /**
     * Reads {@code text}.
     *
     * @throws IllegalArgumentException if it is not of this setting's kind or out of its range; names key, text, range
     *     and default
     */
    public T parse(String text) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException | NullPointerException refused) {
            throw new IllegalArgumentException(
                    key + " is '" + text + "', expected " + range + "; " + wayOut(), refused);
        }
    }

    private String wayOut() {
        return defaultText == null
                ? "set it to such a value"
                : "set it to such a value or leave it out for the default, " + defaultText;
    }

    /** One line: key, default, range, meaning. */
    @Override
    public String toString() {
        return key + " = " + (defaultText == null ? "(none)" : defaultText) + " [" + range + "] " + meaning;
    }

    private static String nameOf(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    private static String range(long least, long most) {
        return most == Long.MAX_VALUE ? least + " or more" : least + " to " + most;
    }

    private static String sizes(long least, long most) {
        String from = Quantity.ofBytes(least);
        return most == Long.MAX_VALUE ? from + " or more" : from + " to " + Quantity.ofBytes(most);
    }

    private static long inRange(long value, long least, long most) {
        require(value >= least && value <= most);
        return value;
    }

    private static void require(boolean isAllowed) {
        if (!isAllowed) {
            throw new IllegalArgumentException("out of range");
        }
    }
}
