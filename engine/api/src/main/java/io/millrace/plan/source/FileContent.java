package io.millrace.plan.source;

import io.millrace.api.function.Function;
import io.millrace.type.RecordType;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;

/** What the records in a file are. Big files of lines or of fixed-length records are read by several workers at once. */
public sealed interface FileContent {
    /** The type of the records; {@link RecordType#UNKNOWN} where it must be observed. */
    RecordType recordType();

    /** Lines of UTF-8 text, ended by LF, CR LF or CR. */
    record Lines() implements FileContent {
        @Override
        public RecordType recordType() {
            return RecordType.UTF8;
        }
    }

    /** Records of {@code length} bytes each, one behind the other. */
    record FixedLength(int length) implements FileContent {
        /** @throws IllegalArgumentException if the length is not positive */
        public FixedLength {
            if (length < 1) {
                throw new IllegalArgumentException(
                        "the record length is " + length + " bytes, expected 1 or more, such as 16");
            }
        }

        @Override
        public RecordType recordType() {
            return RecordType.BYTES;
        }
    }

    /**
     * Whatever a function makes of a file: one partition a file. An iterator that is {@link AutoCloseable} is closed, also when
     * reading stops before its end.
     */
    record Read(Function<Path, ? extends Iterator<?>> reader) implements FileContent {
        /** The function may not be null. */
        public Read {
            Objects.requireNonNull(reader, "fileStream: the function that reads a file");
        }

        @Override
        public RecordType recordType() {
            return RecordType.UNKNOWN;
        }
    }
}
