package io.millrace.offheap.codec;

/**
 * Records to bytes and back. What is read is a record equal to the one that was written, of the same class as far as that is a
 * class of the program's.
 *
 * <p>Thread: one owner at a time.
 *
 * @param <T> record type
 */
public interface RecordCodec<T> {
    /**
     * Append a record's bytes.
     *
     * @param record to write
     * @param out is longer by its bytes; when this throws, by some of them
     * @throws UnregisteredClassException if a class would have to be registered
     */
    void write(T record, ByteBuilder out);

    /**
     * The record of some bytes: all of them, no fewer.
     *
     * @param bytes where
     * @param offset of the first
     * @param length how many
     * @return the record
     * @throws UnregisteredClassException if a class would have to be registered
     * @throws UnreadableRecordException if the bytes are not what a codec writes
     */
    T read(byte[] bytes, int offset, int length);
}
