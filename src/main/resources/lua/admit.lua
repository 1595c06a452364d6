#!lua
-- Adds a batch task by task: scheduled ones, those that claim a name or key, or near a limit; or tells what became of
-- the batch the first time. Refused whole when Redis is full: no allow-oom.
-- KEYS as in keys.lua
-- ARGV 4 to 11 as in submit.lua, then five for each special task: packed (index, due, expires, own retention, time of the
--      unique key, mode), unique key, name, dedupe key, fingerprint. Mode 0 none, 1 reject, 2 return, 3 replace, 9 the
--      name is the answer already
-- Returns -1 when the queue has another number by now, '' when all were accepted, else an answer per task: C created, R repeated, N name taken, P name pending elsewhere, K key reused, U unique
--      key taken, E existing holder, F full, B full by bytes, L too many lanes; then the other task's batch, index and name
-- Writes b: r: x: created, lines, due, ttl, uniq, names, dedupe, counters, series; cancels what is replaced
local batch, total, side = ARGV[4], tonumber(ARGV[6]), base .. 'x:' .. ARGV[4]
local lanes, special, answers, plain = nil, {}, {}, true

if call('EXISTS', base .. 'r:' .. batch) == 1 then
  local p = load(batch)
  for i = 0, total - 1 do
    answers[i + 1] = (not p or p.rec[i] == NO_TASK) and call('HGET', side, i .. 'z') or 'C'
    plain = plain and answers[i + 1] == 'C'
  end
  return plain and '' or answers
end

for at = 12, #ARGV, 5 do
  local i, run_at, expires, own, hold, mode = unpk('>BI6I6I6I6B', ARGV[at])
  special[i] = {due = run_at, expires = expires, own = own, hold = hold, mode = mode, key = ARGV[at + 1],
    name = ARGV[at + 2], dedupe = ARGV[at + 3], print = ARGV[at + 4]}
end
local depth, bytes = room(batch)
if not depth then return -1 end
if call('ZCARD', lines) + call('ZCARD', routes) + total > 1000 then
  lanes = {left = 1000}
  for _, key in ipairs({lines, routes}) do
    for _, line in ipairs(call('ZRANGE', key, 0, -1)) do
      if not lanes['t' .. sub(line, 3)] then lanes['t' .. sub(line, 3)], lanes.left = true, lanes.left - 1 end
    end
  end
end
local time, seq = position(total)
local at = HEAD_WIDTH + #ARGV[7]
local p = parse(batch, pack(HEAD, 1, 1, total, total, time, seq, at, at + #ARGV[8]) .. ARGV[7] .. ARGV[8] .. ARGV[9])
local wanted = p.rec
p.rec, p.changed, pages[batch] = {}, true, p
for i = 0, total - 1 do p.rec[i] = NO_TASK end

for i = 0, total - 1 do
  local r = fields(p, i, wanted[i])
  local s, lane = special[i], 't' .. sub(p.lines[r[LINE]], 3)
  local later = s and s.due > now
  local answer = s and known(s)
  answer = answer or depth < 1 and 'F' or bytes < r[SIZE] and 'B'
  if not answer and lanes and not later and not lanes[lane] and lanes.left < 1 then answer = 'L' end
  if answer then
    plain, p.live = false, p.live - 1
    call('HSET', side, i .. 'z', answer)
  else
    depth, bytes = depth - 1, bytes - r[SIZE]
    if lanes and not later and not lanes[lane] then lanes[lane], lanes.left = true, lanes.left - 1 end
    r[SC], r[AT], r[SEQ], r[DUE] = later and SCHEDULED or READY, 0, 0, later and s.due or 0
    if s then claim(p, i, s) end
    if s and s.replaces then depth, bytes = depth + 1, bytes + s.replaces[3][SIZE] end
    if later then call('ZADD', due, s.due, batch .. char(i)) else join(p, i, r) end
    count(nil, r[SC], r[SIZE])
    write(p, i, r)
  end
  answers[i + 1] = answer or 'C'
end
if p.live == 0 then
  call('UNLINK', side)
  pages[batch] = nil
else
  call('SET', base .. 'b:' .. batch, ARGV[5])
  call('XADD', created, id_of(p.ms, p.seq), 'i', batch .. char(total) .. ARGV[11])
  call('HSET', counts, 'used', now)
  series.s = p.live
end
flush()
return plain and '' or answers
