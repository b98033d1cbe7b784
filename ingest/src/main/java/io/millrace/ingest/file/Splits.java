package io.millrace.ingest.file;

import java.util.ArrayList;
import java.util.List;

/** Ways to cut files into partitions. */
final class Splits {
    private Splits() {}

    /**
     * Each file into equal parts of at most {@code partitionBytes}; empty files into none.
     *
     * @param unitBytes parts begin at multiples of it
     */
    static List<List<FileSplit>> cut(List<FileStamp> files, long partitionBytes, long unitBytes) {
        List<List<FileSplit>> partitions = new ArrayList<>();
        for (FileStamp file : files) {
            long units = (file.size() + unitBytes - 1) / unitBytes;
            long unitsEach = Math.max(1, partitionBytes / unitBytes);
            long parts = (units + unitsEach - 1) / unitsEach;
            for (long part = 0; part < parts; part++) {
                long start = share(units, part, parts) * unitBytes;
                long end = Math.min(file.size(), share(units, part + 1, parts) * unitBytes);
                partitions.add(List.of(new FileSplit(file, start, end)));
            }
        }
        return partitions;
    }

    /** {@code units * part / parts}, without overflow. */
    private static long share(long units, long part, long parts) {
        return units / parts * part + units % parts * part / parts;
    }

    /** Whole files, as many to a partition as stay within {@code partitionBytes}, but at least one. */
    static List<List<FileSplit>> gather(List<FileStamp> files, long partitionBytes) {
        List<List<FileSplit>> partitions = new ArrayList<>();
        List<FileSplit> open = new ArrayList<>();
        long bytes = 0;
        for (FileStamp file : files) {
            if (!open.isEmpty() && bytes + file.size() > partitionBytes) {
                partitions.add(List.copyOf(open));
                open.clear();
                bytes = 0;
            }
            open.add(FileSplit.whole(file));
            bytes += file.size();
        }
        if (!open.isEmpty()) {
            partitions.add(List.copyOf(open));
        }
        return partitions;
    }

    /** Each file a partition. */
    static List<List<FileSplit>> each(List<FileStamp> files) {
        return files.stream().map(file -> List.of(FileSplit.whole(file))).toList();
    }
}
