package io.millrace.ingest.record;

import io.millrace.api.MillraceConf;
import io.millrace.api.Tuple3;
import io.millrace.api.Tuple4;
import io.millrace.offheap.codec.RecordClasses;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The classes whose objects may become bytes in one program: those it registered, and tuples. */
public final class ProgramClasses {
    private ProgramClasses() {}

    /**
     * What a configuration registers.
     *
     * @throws IllegalArgumentException if it names a class that is not there
     */
    public static RecordClasses of(MillraceConf conf) {
        return of(conf.kryoClasses(), conf.formerNames());
    }

    /** These classes, and tuples. */
    public static RecordClasses of(Collection<Class<?>> registered) {
        return of(registered, Map.of());
    }

    private static RecordClasses of(Collection<Class<?>> registered, Map<String, Set<Class<?>>> formerNames) {
        List<Class<?>> all = new ArrayList<>(registered);
        all.add(Tuple3.class);
        all.add(Tuple4.class);
        return new RecordClasses(all, formerNames, TuplePairs.TUPLES);
    }
}
