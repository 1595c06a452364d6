package dev.millrace.storage.sqlite;

import dev.millrace.monitor.StoreCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks at the database, and has the directory looked at that it is in. */
final class SqliteStoreCheck implements StoreCheck {
    private final SqliteSettings settings;
    private final Writer writer;
    private final FileMark mark;
    private final Damage damage;
    private final DiskFloor floor;

    SqliteStoreCheck(SqliteSettings settings, Writer writer, FileMark mark, Damage damage, DiskFloor floor) {
        this.settings = settings;
        this.writer = writer;
        this.mark = mark;
        this.damage = damage;
        this.floor = floor;
    }

    private static final String SMALLEST = """
            SELECT value FROM meta WHERE key = 'format'""";

    /** Through the writer, which is what everything depends on; it writes nothing. */
    @Override
    public void ping() {
        writer.call(tx -> tx.sql.first(SMALLEST, row -> row.getInt(1)));
    }

    @Override
    public String kind() {
        return "sqlite";
    }

    @Override
    public String durability() {
        return switch (settings.synchronous()) {
            case FULL -> "SQLite synchronous=FULL: what was answered survives a power cut";
            case NORMAL ->
                "SQLite synchronous=NORMAL: a power cut may lose the last moments, the end of the process"
                        + " alone nothing";
        };
    }

    @Override
    public Duration clockOffset() {
        return Duration.ZERO;
    }

    @Override
    public int rollbacks() {
        return mark.setBack() ? 1 : 0;
    }

    @Override
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        damage.finding().ifPresent(findings::add);
        mark.finding().ifPresent(findings::add);
        findings.addAll(DirectoryLook.findings(settings.directory(), floor.isReached()));
        if (settings.synchronous() == SqliteSettings.Synchronous.NORMAL) {
            findings.add(new Finding(
                    false,
                    "sqlite-not-full",
                    "SQLite runs with synchronous=NORMAL: a power cut may lose accepted tasks. Set it to FULL unless"
                            + " that is wanted."));
        }
        return List.copyOf(findings);
    }
}
