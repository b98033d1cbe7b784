package io.millrace.ingest.ring;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Stands in until offheap's. */
public final class Utf8 {
    public static final int MAX_BYTES_PER_CHAR = 3;

    private Utf8() {}

    /** Whether bytes are UTF-8. */
    public static boolean isValid(byte[] b, int o, int l) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(b, o, l));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Whether bytes are UTF-8. */
    public static boolean isValid(DirectBuffer b, int o, int l) {
        byte[] x = new byte[l];
        b.getBytes(o, x);
        return isValid(x, 0, l);
    }

    /** Encode a text; -1 when UTF-8 cannot hold it. */
    public static int encode(String s, byte[] out) {
        for (int i = 0; i < s.length(); i++) {
            if (Character.isSurrogate(s.charAt(i))) {
                if (Character.isHighSurrogate(s.charAt(i))
                        && i + 1 < s.length()
                        && Character.isLowSurrogate(s.charAt(i + 1))) {
                    i++;
                } else {
                    return -1;
                }
            }
        }
        byte[] x = s.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(x, 0, out, 0, x.length);
        return x.length;
    }
}
