-- After ledger.lua: the lines that ready tasks wait in.
-- A line is '<priority>:<lane>', a lane a type or '@<destination>'; the line has its stream w:<line> with the group g, its first waiting entry in heads, and is
-- ranked by it in lines, or in routes if its lane is a destination.
-- heads has the id of a line's first waiting entry, or, with '(' before it, of one that all waiting entries come after: the
-- stream is looked at only when the order of several lines depends on it.
local function ranked(line) return byte(line, 3) == 64 and routes or lines end

local function rank_of(line, id)
  local from = byte(id) == 40 and 2 or 1
  return ranked(line), tonumber(sub(id, from, id:find('-', from, true) - 1)) - (byte(line) - 48) * 60000
end

local function lead(line, id)
  local key, rank = rank_of(line, id)
  call('ZADD', key, rank, line)
  call('HSET', heads, line, id)
end

-- n more tasks wait in a line, the first of them at this id.
local function wait(line, n, id)
  if call('HINCRBY', waiting, line, n) == n then
    lead(line, id)
    call('SADD', streams, line)
  end
end

-- n tasks less wait in a line, its first ones up to this id; nil when they stood further back.
local function pass(line, n, id)
  if n == 0 or call('HINCRBY', waiting, line, -n) <= 0 then
    call('ZREM', ranked(line), line)
    call('HDEL', heads, line)
    call('HDEL', waiting, line)
  elseif id then
    lead(line, '(' .. id)
  end
end

-- To the end of the line, as ready; the caller writes the record.
local function join(p, i, r)
  local line, at, s = p.lines[r[LINE]], position(1)
  r[AT], r[SEQ], wake = at, s, true
  local id = id_of(at, s)
  call('XADD', base .. 'w:' .. line, id, 'i', p.batch .. char(i))
  wait(line, 1, id)
end

-- Out of the line, or off the schedule.
local function leave(p, i, r)
  local state, line = r[SC] % 8, p.lines[r[LINE]]
  if state == SCHEDULED then return call('ZREM', due, p.batch .. char(i)) end
  if state == RUNNING then return exit(line, r[AT], r[SEQ]) end
  if state == READY then
    local id = id_of(r[AT], r[SEQ])
    call('XDEL', base .. 'w:' .. line, id)
    pass(line, 1, call('HGET', heads, line) == id and id)
  end
end
