-- Stands before every script of a queue: its keys, its time, and the pages that hold its tasks' records.
-- KEYS 1 base (prefix of pages r:, side data x:, batches b:, lines w: and lists of ends in:, ik:), then as named here; all
--      carry the queue's hash tag. ARGV 1 the store's time in ms, 2 the wake-up channel, 3 the queue's name
local base, counts, lines, heads, leases, due, ttl, keep, uniq, names, dedupe, gone, created, workers, config, groups,
  seen, streams, minute = unpack(KEYS, 1, 19)
local now, channel, queue = tonumber(ARGV[1]), ARGV[2], ARGV[3]
local call, pack, unpk, band, bor, char, sub, byte = redis.call, struct.pack, struct.unpack, bit.band, bit.bor,
  string.char, string.sub, string.byte
local SCHEDULED, READY, RUNNING, SUCCEEDED, DEAD, CANCELLED, EXPIRED, ABSENT = 0, 1, 2, 4, 5, 6, 7, 255
-- Flags. The lowest three bits say how the generation ended; those from AWAITED on are obligations at the task's end.
local COMPLETED, FAILED, RELEASED, CRASHED, STOPPED, ENDED = 1, 2, 3, 4, 5, 7
local HISTORY, LOGGED, WAS_DUE, RESULT, ERROR, PROGRESS, LOG, OVERRIDE = 8, 16, 32, 64, 128, 256, 512, 1024
local AWAITED, NAMED, OWN_KEEP, UNIQUE, EXPIRES = 2048, 4096, 8192, 16384, 32768
-- A record: state + 8 x cause, flags, generation, attempts, crashes, revision, position in its line (ms, sequence; after
-- the end: time it became ready, sequence in the list of ends), due, started, deadline or end, worker, size, line.
local FORM, WIDTH = '>BHI4BBI4I6I4I6I6I6I3I3B', 48
local SC, FLAGS, GEN, TRIES, CRASHES, REV, AT, SEQ, DUE, START, FIN, WORKER, SIZE, LINE =
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
-- A page: format, form (0 fresh: all ready, no records yet; 1 full; 2 gone), tasks, tasks left, offset of the records,
-- position of the first task; the lines its tasks stand in; per task 6 bytes when fresh, a record when full.
local HEAD = '>BBBBHI6I4'
local TOMBSTONE_MS = 60000
local pages = {}

-- The page of a batch, or false when there is none.
local function load(batch)
  local p = pages[batch]
  if p ~= nil then return p end
  local raw = call('GET', base .. 'r:' .. batch)
  if not raw or byte(raw, 2) == 2 then
    pages[batch] = false
    return false
  end
  p = {batch = batch, raw = raw, dirty = {}, lo = 1000, hi = -1, lines = {}}
  p.format, p.form, p.count, p.live, p.at, p.ms, p.seq = unpk(HEAD, raw)
  local at, n = 17, 0
  while at <= p.at do
    p.lines[n] = sub(raw, at + 1, at + byte(raw, at))
    at, n = at + 1 + byte(raw, at), n + 1
  end
  pages[batch] = p
  return p
end

-- The fields of a record; the first is ABSENT where there is no task any more.
local function read(p, i)
  if p.dirty[i] then return unpk(FORM, p.dirty[i]) end
  if i >= p.count then return ABSENT end
  if p.form == 1 then return unpk(FORM, p.raw, p.at + WIDTH * i + 1) end
  local flags, line, size = unpk('>HBI3', p.raw, p.at + 6 * i + 1)
  return READY, flags, 0, 0, 0, 1, p.ms, p.seq + i, 0, 0, 0, 0, size, line
end

local function put(p, i, packed)
  p.dirty[i] = packed
  if i < p.lo then p.lo = i end
  if i > p.hi then p.hi = i end
end

-- A record as a table with its page, or nil.
local function record(batch, i)
  local p = load(batch)
  if not p then return nil end
  local r = {read(p, i)}
  if r[SC] ~= ABSENT then return r, p end
end

local function write(p, i, r) put(p, i, pack(FORM, unpack(r, 1, 14))) end

local function forget(p, i)
  put(p, i, char(ABSENT) .. string.rep('\0', WIDTH - 1))
  p.live = p.live - 1
end
