package io.millrace.campaign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A directory that was damaged.
 *
 * @param files of each its bytes, by its name
 * @param touched the names of the files that are not what they were
 * @param what was done
 */
record Damaged(Map<String, byte[]> files, List<String> touched, String what) {
    private static final int MOST_BYTES = 64;
    private static final int SECTOR_BYTES = 512;

    private enum Kind {
        BYTES,
        ZEROS,
        CUT,
        EMPTIED,
        GROWN,
        DELETED,
        DELETED_TWO,
        SWAPPED,
        COPIED_OVER
    }

    /** One bit is another. */
    static Damaged bit(Map<String, byte[]> files, String name, int offset, int bit) {
        return changed(files, name, "bit " + bit + " flipped at " + offset, bytes -> {
            bytes[offset] ^= (byte) (1 << bit);
            return bytes;
        });
    }

    /** Something random. */
    static Damaged any(Map<String, byte[]> files, SplittableRandom random) {
        List<String> names = new ArrayList<>(files.keySet());
        String name = names.get(random.nextInt(names.size()));
        String other = names.get(random.nextInt(names.size()));
        int length = files.get(name).length;
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        return switch (kind) {
            case BYTES -> bytes(files, name, random);
            case ZEROS ->
                changed(files, name, "a sector is zero", bytes -> {
                    int sector = length == 0 ? 0 : random.nextInt(usedBytes(bytes) + 1) / SECTOR_BYTES * SECTOR_BYTES;
                    Arrays.fill(bytes, sector, Math.min(length, sector + SECTOR_BYTES), (byte) 0);
                    return bytes;
                });
            case CUT -> {
                int cut = random.nextInt(1 + (random.nextBoolean() ? length : usedBytes(files.get(name))));
                yield changed(files, name, "cut at " + cut, bytes -> Arrays.copyOf(bytes, cut));
            }
            case EMPTIED -> changed(files, name, "emptied", bytes -> new byte[0]);
            case GROWN -> {
                byte[] more = new byte[1 + random.nextInt(MOST_BYTES)];
                random.nextBytes(more);
                yield changed(files, name, "grown by " + more.length, bytes -> {
                    byte[] grown = Arrays.copyOf(bytes, length + more.length);
                    System.arraycopy(more, 0, grown, length, more.length);
                    return grown;
                });
            }
            case DELETED -> without(files, List.of(name));
            case DELETED_TWO -> without(files, List.of(name, other));
            case SWAPPED -> {
                Map<String, byte[]> damaged = new TreeMap<>(files);
                damaged.put(name, files.get(other));
                damaged.put(other, files.get(name));
                yield new Damaged(damaged, List.of(name, other), name + " and " + other + " swapped");
            }
            case COPIED_OVER -> {
                Map<String, byte[]> damaged = new TreeMap<>(files);
                damaged.put(name, files.get(other));
                yield new Damaged(damaged, List.of(name), other + " copied over " + name);
            }
        };
    }

    private static Damaged bytes(Map<String, byte[]> files, String name, SplittableRandom random) {
        byte[] garbage = new byte[1 + random.nextInt(MOST_BYTES)];
        random.nextBytes(garbage);
        int offset = random.nextInt(1 + Math.max(0, usedBytes(files.get(name))));
        return changed(files, name, garbage.length + " bytes of garbage at " + offset, bytes -> {
            System.arraycopy(garbage, 0, bytes, offset, Math.min(garbage.length, bytes.length - offset));
            return bytes;
        });
    }

    /** Up to the last byte that is not zero. */
    static int usedBytes(byte[] bytes) {
        int used = bytes.length;
        while (used > 0 && bytes[used - 1] == 0) {
            used--;
        }
        return used;
    }

    private static Damaged without(Map<String, byte[]> files, List<String> names) {
        Map<String, byte[]> damaged = new TreeMap<>(files);
        names.forEach(damaged::remove);
        return new Damaged(damaged, names, "deleted " + names);
    }

    /** What is made of a file's bytes. */
    @FunctionalInterface
    private interface Change {
        byte[] of(byte[] bytes);
    }

    private static Damaged changed(Map<String, byte[]> files, String name, String what, Change change) {
        Map<String, byte[]> damaged = new TreeMap<>(files);
        damaged.put(name, change.of(files.get(name).clone()));
        return new Damaged(damaged, List.of(name), name + ": " + what);
    }
}
