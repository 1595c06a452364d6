package dev.millrace.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Figures made of slots. */
final class Rates {
    private Rates() {}

    /** Of the running minute and the one before, as far as they are over. */
    static double perMinute(List<Slot> minutes, ToLongFunction<Slot> of, Instant now) {
        if (minutes.size() < 2) {
            return 0;
        }
        Slot running = minutes.getLast();
        double seconds = 60 + Math.clamp(Duration.between(running.at(), now).toMillis() / 1000.0, 0, 60);
        return 60 * (of.applyAsLong(running) + of.applyAsLong(minutes.get(minutes.size() - 2))) / seconds;
    }

    static long sum(List<Slot> slots, ToLongFunction<Slot> of) {
        return slots.stream().mapToLong(of).sum();
    }

    static Slot total(List<Slot> slots) {
        Slot total = new Slot(slots.getFirst().at());
        slots.forEach(total::add);
        return total;
    }

    /**
     * Tasks that did not end yet, at the end of each slot: as was noted then, and where nothing was, counted back from
     * what came next, which takes those that were retried by hand for having been there all along.
     */
    static List<Long> backlog(List<Slot> slots, long now) {
        Long[] left = new Long[slots.size()];
        long live = now;
        for (int i = slots.size() - 1; i >= 0; i--) {
            if (i < slots.size() - 1 && slots.get(i).level() != null) {
                live = slots.get(i).level().live();
            }
            left[i] = Math.max(0, live);
            live += slots.get(i).ended() - slots.get(i).submitted();
        }
        return List.of(left);
    }

    /**
     * Milliseconds that the longest waiting task had waited, in each slot; negative where none did.
     *
     * @param now how long it has waited now; null when none waits
     */
    static List<Long> oldest(List<Slot> slots, Duration now) {
        List<Long> ages = new ArrayList<>();
        for (Slot slot : slots) {
            long age = slot.level() == null ? 0 : slot.level().oldest().toMillis();
            ages.add(age == 0 ? -1 : age);
        }
        ages.set(ages.size() - 1, now == null ? -1 : now.toMillis());
        return ages;
    }

    /** {@code 0 %}, {@code 0.4 %}, {@code 12 %}; a dash of nothing. */
    static String percent(long part, long whole) {
        if (whole == 0) {
            return "–";
        }
        double share = 100.0 * part / whole;
        return share == 0
                ? "0"
                : share < 0.1
                        ? "<0.1"
                        : share < 10 ? Format.brief(Math.round(share * 10) / 10.0) : Math.round(share) + "";
    }
}
