package dev.millrace.storage.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The distinct strings of a batch, by number. */
final class Strings {
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    int index(String text) {
        return numbers.computeIfAbsent(text, t -> numbers.size());
    }

    void write(ByteWriter out) {
        out.varint(numbers.size());
        numbers.keySet().forEach(out::text);
    }

    static List<String> read(ByteReader in) {
        int count = (int) in.varint();
        List<String> strings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            strings.add(in.text());
        }
        return strings;
    }
}
