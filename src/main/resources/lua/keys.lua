-- Stands before every script of a queue: its keys, its time, and the pages that hold its tasks' records.
-- KEYS 1 base (prefix of pages r:, side data x:, batches b:, lines w: and lists of ends in:, ik:), then as named here; all
--      carry the queue's hash tag. ARGV 1 the call's time and when it is given up (ms), 2 the wake-up
--      channel, 3 the queue's name
local base, counts, lines, heads, leases, due, ttl, keep, uniq, names, dedupe, gone, created, workers, config, groups,
  seen, streams, waiting, routes, fallen, minute = unpack(KEYS, 1, 22)
local now, channel, queue = tonumber(string.match(ARGV[1], '^%d+')), ARGV[2], ARGV[3]
do
  local clock = redis.call('TIME')
  if clock[1] * 1000 + clock[2] / 1000 > tonumber(string.match(ARGV[1], '%d+$')) then
    return redis.error_reply('LATE the caller has given up')
  end
end
local call, pack, unpk, band, bor, char, sub, byte, format = redis.call, struct.pack, struct.unpack, bit.band, bit.bor,
  string.char, string.sub, string.byte, string.format
local SCHEDULED, READY, RUNNING, SUCCEEDED, DEAD, CANCELLED, EXPIRED, ABSENT = 0, 1, 2, 4, 5, 6, 7, 255
-- Flags. The lowest three bits say how the generation ended; those from AWAITED on are obligations at the task's end.
local COMPLETED, FAILED, RELEASED, CRASHED, STOPPED, ENDED = 1, 2, 3, 4, 5, 7
local HISTORY, LOGGED, WAS_DUE, RESULT, ERROR, PROGRESS, LOG, OVERRIDE = 8, 16, 32, 64, 128, 256, 512, 1024
local AWAITED, NAMED, OWN_KEEP, UNIQUE, EXPIRES = 2048, 4096, 8192, 16384, 32768
-- A record: state + 8 x cause, flags, generation, attempts, crashes, revision, position in its line (ms, sequence; after
-- the end: time it became ready, sequence in the list of ends), due, started, deadline or end, worker. As a table it has
-- size and line as well. A position of 0 and no due time mean the position that the task got with its batch, so that alike
-- tasks of a batch have equal records: these are kept as one, and what becomes of them is worked out once.
local FORM, WIDTH = '>BHI4BBI4I6I4I6I6I6I3', 44
local SC, FLAGS, GEN, TRIES, CRASHES, REV, AT, SEQ, DUE, START, FIN, WORKER, SIZE, LINE =
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
-- A page: format, form (1 page, 2 gone), tasks, tasks left, position of the first task, offset of the infos, of the runs;
-- the lines that its tasks stand in (length, text); infos (line, size), one for each task or one for all; runs of tasks with
-- the same record (how many, record).
local HEAD, HEAD_WIDTH, INFO = '>BBBBI6I4HH', 18, '>BI3'
local TOMBSTONE_MS = 60000
