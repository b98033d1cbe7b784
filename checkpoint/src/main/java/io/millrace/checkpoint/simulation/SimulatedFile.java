package io.millrace.checkpoint.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** The bytes of one file: as they are read now, as they are on the disk, and the writes between the two. Guarded by its store. */
final class SimulatedFile {

    /** Bytes written at a position; without bytes, a cut to that size. */
    private record Change(int position, byte[] bytes) {
        int end() {
            return position + (bytes == null ? 0 : bytes.length);
        }
    }

    private byte[] bytes = new byte[0];
    private int size;
    private byte[] durableBytes = new byte[0];
    private int durableSize;
    private final List<Change> unforced = new ArrayList<>();

    int size() {
        return size;
    }

    void read(int position, byte[] into) {
        System.arraycopy(bytes, position, into, 0, into.length);
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, size);
    }

    void write(int position, byte[] from) {
        bytes = apply(bytes, position, from);
        size = Math.max(size, position + from.length);
        unforced.add(new Change(position, from));
    }

    void truncate(int newSize) {
        if (newSize < size) {
            Arrays.fill(bytes, newSize, size, (byte) 0);
            size = newSize;
            unforced.add(new Change(newSize, null));
        }
    }

    void force() {
        for (Change change : unforced) {
            persist(change.position(), change.bytes());
        }
        unforced.clear();
        durableSize = size;
    }

    void failForce(ForceFailure failure) {
        unforced.clear();
        if (failure == ForceFailure.REVERTED) {
            revert();
        }
    }

    private void revert() {
        bytes = durableBytes.clone();
        size = durableSize;
    }

    void flip(int offset, int bit) {
        bytes[offset] ^= (byte) (1 << bit);
        if (offset < durableBytes.length) {
            durableBytes[offset] ^= (byte) (1 << bit);
        }
    }

    void crash(CrashProfile profile, int sectorBytes, RandomGenerator random) {
        int newSize = size;
        int stopAfter = profile == CrashProfile.ORDERED ? random.nextInt(pieces(sectorBytes) + 1) : Integer.MAX_VALUE;
        int piece = 0;
        for (Change change : unforced) {
            if (change.bytes() == null) {
                boolean isCut = profile == CrashProfile.ORDERED ? piece < stopAfter : survives(profile, random);
                piece++;
                if (isCut) {
                    persist(change.position(), null);
                }
                continue;
            }
            for (int at = change.position(); at < change.end(); ) {
                int end = Math.min(change.end(), (at / sectorBytes + 1) * sectorBytes);
                byte[] part = Arrays.copyOfRange(change.bytes(), at - change.position(), end - change.position());
                boolean isKept = profile == CrashProfile.ORDERED ? piece < stopAfter : survives(profile, random);
                piece++;
                if (isKept) {
                    persist(at, part);
                } else if (isDamaged(profile, random)) {
                    if (profile == CrashProfile.GARBAGE) {
                        random.nextBytes(part);
                    } else {
                        Arrays.fill(part, (byte) 0);
                    }
                    persist(at, part);
                }
                at = end;
            }
        }
        unforced.clear();
        if (profile == CrashProfile.ZEROING || profile == CrashProfile.ALL) {
            durableBytes = newSize > durableBytes.length ? Arrays.copyOf(durableBytes, newSize) : durableBytes;
            durableSize = newSize;
        }
        revert();
    }

    private int pieces(int sectorBytes) {
        int pieces = 0;
        for (Change change : unforced) {
            pieces += change.bytes() == null || change.bytes().length == 0
                    ? 1
                    : (change.end() - 1) / sectorBytes - change.position() / sectorBytes + 1;
        }
        return pieces;
    }

    private static boolean survives(CrashProfile profile, RandomGenerator random) {
        return switch (profile) {
            case ALL -> true;
            case NONE -> false;
            default -> random.nextBoolean();
        };
    }

    private static boolean isDamaged(CrashProfile profile, RandomGenerator random) {
        return (profile == CrashProfile.ZEROING || profile == CrashProfile.GARBAGE) && random.nextBoolean();
    }

    private void persist(int position, byte[] part) {
        if (part == null) {
            Arrays.fill(durableBytes, Math.min(position, durableBytes.length), durableBytes.length, (byte) 0);
            durableSize = Math.min(durableSize, position);
        } else {
            durableBytes = apply(durableBytes, position, part);
            durableSize = Math.max(durableSize, position + part.length);
        }
    }

    private static byte[] apply(byte[] to, int position, byte[] from) {
        int end = position + from.length;
        byte[] target =
                end <= to.length ? to : Arrays.copyOf(to, Math.max(end, Math.min(2 * to.length, end + (1 << 20))));
        System.arraycopy(from, 0, target, position, from.length);
        return target;
    }
}
