package dev.millrace.task;

import java.nio.charset.StandardCharsets;

/** Text that is looked for in UTF-8, whatever the case of its ASCII letters. */
public final class Needle {
    private final byte[] sought;

    public Needle(String text) {
        this.sought = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < sought.length; i++) {
            sought[i] = lower(sought[i]);
        }
    }

    /** Whether it stands somewhere in these bytes; an empty one does in any. */
    public boolean isIn(byte[] bytes) {
        for (int from = 0; from <= bytes.length - sought.length; from++) {
            int i = 0;
            while (i < sought.length && lower(bytes[from + i]) == sought[i]) {
                i++;
            }
            if (i == sought.length) {
                return true;
            }
        }
        return false;
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 'a' - 'A') : b;
    }
}
