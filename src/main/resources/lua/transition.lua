-- After ledger.lua: the lines that ready tasks wait in, histories, and what happens when a task ends.
-- A line is '<priority>:<type>', its stream w:<line> with the group g, its first waiting entry in heads and ranked in lines.
local joined = {}

local function lead(line, id)
  call('ZADD', lines, tonumber(sub(id, 1, id:find('-', 1, true) - 1)) - (byte(line) - 48) * 60000, line)
  call('HSET', heads, line, id)
end

-- The first entry after this one is the line's first now.
local function pass(line, id)
  local next_one = call('XRANGE', base .. 'w:' .. line, '(' .. id, '+', 'COUNT', 1)[1]
  if next_one then return lead(line, next_one[1]) end
  call('ZREM', lines, line)
  call('HDEL', heads, line)
  joined[line] = nil
end

-- To the end of the line, as ready; the caller writes the record.
local function join(p, i, r)
  local line, at, s = p.lines[r[LINE]], position(1)
  r[AT], r[SEQ], wake = at, s, true
  local id = at .. '-' .. s
  call('XADD', base .. 'w:' .. line, id, 'i', p.batch .. char(i))
  if not joined[line] and not call('ZSCORE', lines, line) then
    lead(line, id)
    call('SADD', streams, line)
  end
  joined[line] = true
end

-- Out of the line, or off the schedule.
local function leave(p, i, r)
  local state, line = r[SC] % 8, p.lines[r[LINE]]
  if state == SCHEDULED then return call('ZREM', due, p.batch .. char(i)) end
  local id = r[AT] .. '-' .. r[SEQ]
  if state == RUNNING then
    local list = exits[line] or {}
    exits[line], list[#list + 1] = list, id
  elseif state == READY then
    call('XDEL', base .. 'w:' .. line, id)
    if call('HGET', heads, line) == id then pass(line, id) end
  end
end

local function event(at, state, cause, attempt, worker, message)
  local body = pack('>I6BBBI3', at, state, cause, attempt, worker) .. message
  return pack('>H', #body) .. body
end

-- Adds to the history what is not regular, after what was regular since. Call it before the record changes.
-- The first 49 (after the submission) and the last 50 events are kept.
local function log(p, i, r, state, cause, message)
  local field, list, n, running = i .. 'h', '', 0, r[SC] % 8 == RUNNING
  local started = running or r[SC] % 8 == SUCCEEDED and band(r[FLAGS], LOGGED) == 0
  if band(r[FLAGS], HISTORY) ~= 0 then
    list = call('HGET', base .. 'x:' .. p.batch, field) or '\0'
    n, list = byte(list), sub(list, 2)
  end
  if band(r[FLAGS], WAS_DUE) ~= 0 then
    list, n = list .. event(r[AT], READY, 1, started and r[TRIES] - 1 or r[TRIES], 0, ''), n + 1
  end
  if started then list, n = list .. event(r[START], RUNNING, 2, r[TRIES], r[WORKER], ''), n + 1 end
  if started and not running then list, n = list .. event(r[FIN], SUCCEEDED, 3, r[TRIES], r[WORKER], ''), n + 1 end
  list, n = list .. event(now, state, cause, cause == 8 and 0 or r[TRIES], running and r[WORKER] or 0, message or ''), n + 1
  if n > 99 then
    local at = 1
    for _ = 1, 49 do at = at + 2 + unpk('>H', list, at) end
    local from = at
    for _ = 100, n do at = at + 2 + unpk('>H', list, at) end
    list, n = sub(list, 1, from - 1) .. sub(list, at), 99
  end
  call('HSET', base .. 'x:' .. p.batch, field, char(n) .. list)
  r[FLAGS] = bor(band(r[FLAGS], 65535 - WAS_DUE), HISTORY + LOGGED)
end
