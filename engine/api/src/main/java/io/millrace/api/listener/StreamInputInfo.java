package io.millrace.api.listener;

import java.util.Map;

/**
 * What one input gave to a batch. Immutable.
 *
 * @param inputStreamId the input's id
 * @param numRecords how many records; 0 where the input does not count, as files do not
 * @param metadata what else the input tells: a file stream the names of its files, a list of strings under {@value #FILES}
 */
public record StreamInputInfo(int inputStreamId, long numRecords, Map<String, Object> metadata) {
    /** The entry that describes the input's share to people. */
    public static final String DESCRIPTION = "Description";

    /** The entry that lists the files a batch was read from. */
    public static final String FILES = "files";

    /**
     * Copies the map.
     *
     * @throws IllegalArgumentException if the number of records is negative
     */
    public StreamInputInfo {
        if (numRecords < 0) {
            throw new IllegalArgumentException(
                    "input " + inputStreamId + " reports " + numRecords + " records; numRecords must not be negative");
        }
        metadata = Map.copyOf(metadata);
    }

    /** An input without metadata. */
    public StreamInputInfo(int inputStreamId, long numRecords) {
        this(inputStreamId, numRecords, Map.of());
    }

    /** The entry {@value #DESCRIPTION} as text; null if there is none. */
    public String metadataDescription() {
        Object description = metadata.get(DESCRIPTION);
        return description == null ? null : description.toString();
    }
}
