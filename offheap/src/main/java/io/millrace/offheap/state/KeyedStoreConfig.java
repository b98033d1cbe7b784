package io.millrace.offheap.state;

/**
 * What one keyed store is to be.
 *
 * @param operator whose state it is, for messages
 * @param residentBytes what resident keys and values may take before cold keys are moved out; without a cold store a hard cap
 * @param tracksTimes whether {@link KeyedStore#overdue} will be asked; costs 8 bytes a key
 */
public record KeyedStoreConfig(String operator, long residentBytes, boolean tracksTimes) {
    /** @throws IllegalArgumentException if the bound is not above 0 */
    public KeyedStoreConfig {
        if (residentBytes <= 0) {
            throw new IllegalArgumentException("the state of '" + operator + "' with " + residentBytes
                    + " resident bytes (millrace.state.residentBytes); give more than 0");
        }
    }
}
