package dev.millrace.dashboard;

import dev.millrace.monitor.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How far charts look back. */
public enum Range {
    HOUR("1 h", "last hour", Duration.ofMinutes(1), 60),
    DAY("24 h", "last 24 hours", Duration.ofMinutes(15), 96);

    private final String title;
    private final String words;
    private final Duration step;
    private final int slots;

    Range(String title, String words, Duration step, int slots) {
        this.title = title;
        this.words = words;
        this.step = step;
        this.slots = slots;
    }

    /** The one of this name; the hour for any other. */
    static Range of(String name) {
        return "day".equals(name) ? DAY : HOUR;
    }

    public String title() {
        return title;
    }

    /** {@code last hour}. */
    public String words() {
        return words;
    }

    /** In addresses. */
    public String key() {
        return this == DAY ? "day" : "hour";
    }

    /** In sentences: "tasks per ...". */
    public String stepInWords() {
        return this == DAY ? "15 minutes" : "minute";
    }

    Duration step() {
        return step;
    }

    /** When the first slot begins; the last one is the one that now lies in. */
    Instant from(Instant now) {
        long seconds = step.toSeconds();
        long last = Math.floorDiv(now.getEpochSecond(), seconds) * seconds;
        return Instant.ofEpochSecond(last - (slots - 1) * seconds);
    }

    /** Adds up minutes, and levels with the oldest first; what lies outside is left out. */
    List<Slot> slots(Iterable<Slot> minutes, Iterable<Level> levels, Instant now) {
        Instant from = from(now);
        List<Slot> sums = new ArrayList<>(slots);
        for (int i = 0; i < slots; i++) {
            sums.add(new Slot(from.plus(step.multipliedBy(i))));
        }
        for (Slot minute : minutes) {
            Slot sum = at(minute.at(), from, sums);
            if (sum != null) {
                sum.add(minute);
            }
        }
        for (Level level : levels) {
            Slot sum = at(level.at(), from, sums);
            if (sum != null) {
                sum.add(level);
            }
        }
        return sums;
    }

    private Slot at(Instant at, Instant from, List<Slot> sums) {
        long index = Math.floorDiv(Duration.between(from, at).toSeconds(), step.toSeconds());
        return index >= 0 && index < slots ? sums.get((int) index) : null;
    }
}
