package dev.millrace.task;

/**
 * Checks bytes before they are parsed as JSON: UTF-8 without errors, no bare control characters, no escaped surrogate
 * without its other half. What passes can be stored as it is and read by any parser. Backslashes are legal in strings
 * only, and the parser refuses them elsewhere, so escapes need no context here.
 */
public final class JsonText {
    private final byte[] bytes;
    private final int end;
    private int at;

    private JsonText(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    /** @throws MillraceException {@code MALFORMED_JSON} */
    public static void check(byte[] bytes, int from, int to) {
        new JsonText(bytes, from, to).check();
    }

    private void check() {
        if (byteAt(at) == (byte) 0xEF && byteAt(at + 1) == (byte) 0xBB && byteAt(at + 2) == (byte) 0xBF) {
            throw malformed("it begins with a byte order mark");
        }
        while (at < end) {
            byte b = bytes[at];
            if (b < 0) {
                character(b);
            } else if (b == '\\') {
                escape();
            } else if (b < ' ' && b != '\n' && b != '\r' && b != '\t') {
                throw malformed("a control character is not escaped");
            } else {
                at++;
            }
        }
    }

    private void escape() {
        if (byteAt(at + 1) != 'u') {
            at += 2;
            return;
        }
        int unit = hex(at + 2);
        if (unit >= 0xDC00 && unit <= 0xDFFF) {
            throw malformed("a low surrogate stands without its high one");
        }
        if (unit >= 0xD800 && unit <= 0xDBFF) {
            boolean paired = byteAt(at + 6) == '\\' && byteAt(at + 7) == 'u';
            int low = paired ? hex(at + 8) : 0;
            if (low < 0xDC00 || low > 0xDFFF) {
                throw malformed("a high surrogate stands without its low one");
            }
            at += 6;
        }
        at += 6;
    }

    private int hex(int from) {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(byteAt(i), 16);
            if (digit < 0) {
                throw malformed("an escape is not \\u and four hexadecimal digits");
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private void character(byte lead) {
        if (lead >= (byte) 0xC2 && lead <= (byte) 0xDF) {
            continuation(1, 0x80, 0xBF);
            at += 2;
        } else if (lead >= (byte) 0xE0 && lead <= (byte) 0xEF) {
            // Not overlong, and no surrogates in disguise.
            continuation(1, lead == (byte) 0xE0 ? 0xA0 : 0x80, lead == (byte) 0xED ? 0x9F : 0xBF);
            continuation(2, 0x80, 0xBF);
            at += 3;
        } else if (lead >= (byte) 0xF0 && lead <= (byte) 0xF4) {
            continuation(1, lead == (byte) 0xF0 ? 0x90 : 0x80, lead == (byte) 0xF4 ? 0x8F : 0xBF);
            continuation(2, 0x80, 0xBF);
            continuation(3, 0x80, 0xBF);
            at += 4;
        } else {
            throw malformed("it is not UTF-8");
        }
    }

    private void continuation(int offset, int low, int high) {
        int value = byteAt(at + offset) & 0xFF;
        if (value < low || value > high) {
            throw malformed("it is not UTF-8");
        }
    }

    private byte byteAt(int index) {
        return index < end ? bytes[index] : 0;
    }

    private MillraceException malformed(String why) {
        return new MillraceException(ErrorCode.MALFORMED_JSON, "Not JSON: " + why + ", at byte " + at + ".");
    }
}
