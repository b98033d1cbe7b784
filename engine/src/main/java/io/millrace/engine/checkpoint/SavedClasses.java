package io.millrace.engine.checkpoint;

import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.codec.RecordClasses;
import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.state.EntryReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The classes whose objects one process has written, by the numbers that stand for them in what it wrote. */
final class SavedClasses {
    private final List<String> names = new ArrayList<>();
    private final List<String> schemas = new ArrayList<>();
    private ValueCodec keys;
    private ValueCodec values;

    /** The frame of an encoding's classes from a number on. */
    static void write(ObjectEncoding encoding, int from, int to, FrameWriter into) {
        into.begin().putInt(from).putInt(to - from);
        for (int number = from; number < to; number++) {
            into.putText(encoding.nameOf(number)).putText(encoding.schemaOf(number));
        }
    }

    /** The frame of these classes, all of them. */
    void write(FrameWriter into) {
        into.begin().putInt(0).putInt(names.size());
        for (int number = 0; number < names.size(); number++) {
            into.putText(names.get(number)).putText(schemas.get(number));
        }
    }

    /** What a frame adds to classes that are known; those of another process, if it begins with the first. */
    static SavedClasses read(SavedClasses known, FrameReader frame) {
        SavedClasses all = new SavedClasses();
        if (frame.readInt() > 0) {
            all.names.addAll(known.names);
            all.schemas.addAll(known.schemas);
        }
        for (int left = frame.readInt(); left > 0; left--) {
            all.names.add(frame.readText());
            all.schemas.add(frame.readText());
        }
        return all;
    }

    /**
     * Reads what that process wrote up to here, one reader at a time, on one thread. Classes that cannot be read are refused when their
     * objects are met.
     *
     * @param mapping what is to be had of a value that was written; null to have all as they are
     */
    EntryReader reader(RecordClasses classes, UnaryOperator<Object> mapping) {
        if (keys == null) {
            keys = ObjectEncoding.readingKeys(classes, names, schemas);
            values = ObjectEncoding.readingWhatIsMet(classes, names, schemas);
        }
        return new EntryReader(keys, values, mapping);
    }
}
