package dev.millrace.storage.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what {@link ByteWriter} wrote. */
public final class ByteReader {
    private final byte[] bytes;
    private int position;

    public ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    public int position() {
        return position;
    }

    public void position(int to) {
        position = to;
    }

    public boolean atEnd() {
        return position >= bytes.length;
    }

    public int u8() {
        return bytes[position++] & 0xFF;
    }

    public int u16() {
        return u8() << 8 | u8();
    }

    public int u32() {
        return u16() << 16 | u16();
    }

    /** 0 to 2^48 - 1. */
    public long u48() {
        return (long) u16() << 32 | (u32() & 0xFFFFFFFFL);
    }

    public long u64() {
        return (long) u32() << 32 | (u32() & 0xFFFFFFFFL);
    }

    public long varint() {
        long value = 0;
        int shift = 0;
        int b;
        do {
            b = u8();
            value |= (long) (b & 0x7F) << shift;
            shift += 7;
        } while ((b & 0x80) != 0);
        return value;
    }

    public String text() {
        int length = (int) varint();
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    public byte[] bytes(int length) {
        byte[] out = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return out;
    }
}
