package dev.millrace.storage.redis;

import java.util.Arrays;
import java.util.List;

/** Every script, and what each stands on. */
final class Scripts {
    private static final String[] LOOKING = {"keys", "record"};
    private static final String[] WRITING = {"keys", "record", "ledger", "flush"};
    private static final String[] MOVING = {"keys", "record", "ledger", "flush", "line"};
    private static final String[] ENDING = {"keys", "record", "ledger", "flush", "line", "history", "ending"};
    private static final String[] GROUPING = and(ENDING, "grouping");

    static final LuaScript SUBMIT = LuaScript.load("submit", and(MOVING, "home"));
    static final LuaScript ADMIT = LuaScript.load("admit", and(ENDING, "claims", "home"));
    static final LuaScript LEASE =
            LuaScript.load("lease", and(ENDING, "delivery", "lanes", "order", "rate", "handout"));
    static final LuaScript SETTLE = LuaScript.load("settle", and(GROUPING, "verdict"));
    static final LuaScript EXTEND = LuaScript.load("extend", WRITING);
    static final LuaScript REPORT = LuaScript.load("report", WRITING);
    static final LuaScript CHANGE = LuaScript.load("change", and(GROUPING, "removal"));
    static final LuaScript PROMOTE = LuaScript.load("promote", ENDING);
    static final LuaScript EXPIRE = LuaScript.load("expire", ENDING);
    static final LuaScript RECLAIM = LuaScript.load("reclaim", GROUPING);
    static final LuaScript PRUNE = LuaScript.load("prune", and(GROUPING, "removal"));
    static final LuaScript RECOUNT = LuaScript.load("recount", LOOKING);
    static final LuaScript RECOUNTED = LuaScript.load("recounted", "keys");
    static final LuaScript FORGET = LuaScript.load("forget", LOOKING);
    static final LuaScript REAP = LuaScript.load("reap", LOOKING);
    static final LuaScript DISCARD = LuaScript.load("discard", LOOKING);
    static final LuaScript DOOM = LuaScript.load("doom", LOOKING);
    static final LuaScript NUMBER = LuaScript.load("number");
    static final LuaScript ADOPT = LuaScript.load("adopt");
    static final LuaScript RETIRE = LuaScript.load("retire");
    static final LuaScript DIRECT = LuaScript.load("direct");
    static final LuaScript DESTINATION = LuaScript.load("destination");
    static final LuaScript TELL = LuaScript.load("tell");
    static final LuaScript UNDIRECT = LuaScript.load("undirect");
    static final LuaScript REGAIN = LuaScript.load("regain");
    static final LuaScript MARK = LuaScript.load("mark");
    static final LuaScript REINSTATE = LuaScript.load("reinstate");
    static final LuaScript KEEP = LuaScript.load("keep");
    static final LuaScript MINUTES = LuaScript.load("minutes");

    private Scripts() {}

    /** Sent ahead, so that the first calls are not sent twice. */
    static void preload(RedisLink link) {
        link.askAll(
                List.of(SUBMIT, ADMIT, LEASE, SETTLE, EXTEND, REPORT, CHANGE, PROMOTE, EXPIRE, RECLAIM, PRUNE, MINUTES)
                        .stream()
                        .map(LuaScript::loading)
                        .toList());
    }

    private static String[] and(String[] parts, String... more) {
        String[] all = Arrays.copyOf(parts, parts.length + more.length);
        System.arraycopy(more, 0, all, parts.length, more.length);
        return all;
    }
}
