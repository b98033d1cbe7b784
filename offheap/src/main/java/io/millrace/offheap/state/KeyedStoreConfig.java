package io.millrace.offheap.state;

/**
 * What one keyed store is to be.
 *
 * @param operator whose state it is, for messages
 * @param residentBytes what resident keys and values may take before cold keys are moved out; without a cold store a hard cap
 * @param maxKeys the most keys that may have a value, {@link Long#MAX_VALUE} for no bound
 * @param tracksTimes whether {@link KeyedStore#overdue} will be asked; costs 8 bytes a key
 */
public record KeyedStoreConfig(String operator, long residentBytes, long maxKeys, boolean tracksTimes) {
    /** @throws IllegalArgumentException if a bound is not above 0 */
    public KeyedStoreConfig {
        if (residentBytes <= 0 || maxKeys <= 0) {
            throw new IllegalArgumentException("the state of '" + operator + "' with " + residentBytes
                    + " resident bytes (millrace.state.residentBytes) and at most " + maxKeys
                    + " keys; give more than 0 of each");
        }
    }
}
