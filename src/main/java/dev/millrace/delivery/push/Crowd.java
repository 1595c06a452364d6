package dev.millrace.delivery.push;

import java.util.concurrent.ConcurrentHashMap;

/** How many requests are under way to each place; places without any are not kept. */
final class Crowd {
    private final ConcurrentHashMap<String, Integer> sizes = new ConcurrentHashMap<>();

    /** One more; how many there are with it. */
    int enter(String place) {
        return sizes.merge(place, 1, Integer::sum);
    }

    void leave(String place) {
        sizes.computeIfPresent(place, (_, size) -> size == 1 ? null : size - 1);
    }

    int size(String place) {
        return sizes.getOrDefault(place, 0);
    }
}
