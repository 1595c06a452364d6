package dev.millrace.storage.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Grows as it is written; numbers are big endian. Variable ones take 7 bits a byte, lowest first. */
public final class ByteWriter {
    private byte[] bytes;
    private int size;

    public ByteWriter(int capacity) {
        bytes = new byte[Math.max(16, capacity)];
    }

    public int size() {
        return size;
    }

    byte[] array() {
        return bytes;
    }

    public byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    public void u8(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    public void u16(int value) {
        u8(value >>> 8);
        u8(value);
    }

    public void u32(int value) {
        u16(value >>> 16);
        u16(value);
    }

    /** The lowest 48 bits. */
    public void u48(long value) {
        u16((int) (value >>> 32));
        u32((int) value);
    }

    public void u64(long value) {
        u32((int) (value >>> 32));
        u32((int) value);
    }

    /** Not negative. */
    public void varint(long value) {
        long rest = value;
        while (rest >= 0x80) {
            u8((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        u8((int) rest);
    }

    public void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        varint(utf8.length);
        bytes(utf8, utf8.length);
    }

    public void bytes(byte[] source, int length) {
        ensure(length);
        System.arraycopy(source, 0, bytes, size, length);
        size += length;
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
