package io.millrace.spi;

import java.util.HashMap;
import java.util.Map;

/**
 * Texts that belong to the calling thread and, from their beginning, to the threads it starts. Each set of them is never
 * changed, so a task that begins may keep the one of the thread that asked for it.
 *
 * <p>A key {@code spark.X} is the key {@code millrace.X}.
 */
public final class LocalProperties {
    private static final String SPARK = "spark.";

    private final InheritableThreadLocal<Map<String, String>> ofThread = new InheritableThreadLocal<>();

    /** No thread has any. */
    public LocalProperties() {}

    /** All of the calling thread, as they are now. */
    public Map<String, String> snapshot() {
        Map<String, String> texts = ofThread.get();
        return texts == null ? Map.of() : texts;
    }

    /** Give the calling thread these, instead of what it had. */
    public void restore(Map<String, String> snapshot) {
        if (snapshot.isEmpty()) {
            ofThread.remove();
        } else {
            ofThread.set(Map.copyOf(snapshot));
        }
    }

    /** What the calling thread has under this key; null if nothing. */
    public String get(String key) {
        return of(snapshot(), key);
    }

    /** What a snapshot has under this key; null if nothing. */
    public static String of(Map<String, String> snapshot, String key) {
        return snapshot.get(ours(key));
    }

    /** Set a text of the calling thread; null takes it out. */
    public void set(String key, String text) {
        Map<String, String> texts = new HashMap<>(snapshot());
        if (text == null) {
            texts.remove(ours(key));
        } else {
            texts.put(ours(key), text);
        }
        restore(texts);
    }

    /** The key under which a text is kept. */
    public static String ours(String key) {
        return key.startsWith(SPARK) ? "millrace." + key.substring(SPARK.length()) : key;
    }
}
