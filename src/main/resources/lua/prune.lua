#!lua flags=allow-oom
-- Takes away ended tasks past their retention, of each state the oldest first.
-- KEYS as in keys.lua
-- ARGV 4 how many at most; then for succeeded, dead, cancelled and expired ones each: ended before this (ms), most kept,
--      most bytes kept
-- Returns how many were taken away, how many were looked at, 1 if c and x have to be counted again (recount.lua): nothing
-- but dead tasks goes by its bytes then
-- Writes r: b: x: ends, keep, created, fallen, counters
local limit, done, looked = tonumber(ARGV[4]), 0, 0
local STATES = {SUCCEEDED, DEAD, CANCELLED, EXPIRED}
local kept, bytes, unknown = {}, {}, false
do
  local there = call('HMGET', counts, SUCCEEDED, DEAD, CANCELLED, EXPIRED, 'k', 'd', 'c', 'x', 'in', 'out', 'old', 'seq')
  for n, state in ipairs(STATES) do
    kept[state], bytes[state] = tonumber(there[n] or 0), tonumber(there[n + 4] or 0)
  end
  bytes[SUCCEEDED] = bytes[SUCCEEDED] - bytes[DEAD] - bytes[CANCELLED] - bytes[EXPIRED]
  -- Nodes that do not count by state were here.
  unknown = there[11] or by_old(there[12]) or (there[9] or 0) - (there[10] or 0) ~= kept[CANCELLED] + kept[EXPIRED]
end

local function over(state, most, most_bytes)
  if kept[state] > most then return true end
  return kept[state] > 0 and bytes[state] > most_bytes and (state == DEAD or not unknown)
end

local function take(p, i, r)
  local state = r[SC] % 8
  kept[state], bytes[state] = kept[state] - 1, bytes[state] - r[SIZE]
  remove(p, i, r)
  done = done + 1
end

-- Answers false when some of the first entry's tasks stay, or there is none.
local function clear(state, aged, most, most_bytes)
  local e = call('XRANGE', base .. 'in:' .. state, '-', '+', 'COUNT', 1)[1]
  if not e then return false end
  local dash = e[1]:find('-', 1, true)
  local ms, seq, refs = tonumber(sub(e[1], 1, dash - 1)), tonumber(sub(e[1], dash + 1)), e[2][2]
  for at = 17, #refs do
    if ms >= aged and not over(state, most, most_bytes) then return false end
    local i = byte(refs, at)
    local r, p = record(sub(refs, 1, 16), i)
    looked = looked + 1
    if r and r[SC] % 8 == state and r[FIN] == ms and r[SEQ] == seq then take(p, i, r) end
  end
  call('XDEL', base .. 'in:' .. state, e[1])
  return true
end

for _, ref in ipairs(call('ZRANGEBYSCORE', keep, '-inf', now, 'LIMIT', 0, limit)) do
  local r, p = record(sub(ref, 1, 16), byte(ref, 17))
  looked = looked + 1
  if r and r[SC] % 8 >= SUCCEEDED then
    take(p, byte(ref, 17), r)
  else
    call('ZREM', keep, ref)
  end
end
-- Succeeded ones last: they are the most, and must not keep the others from their turn.
for n = 4, 1, -1 do
  local aged, most, most_bytes = tonumber(ARGV[2 + 3 * n]), tonumber(ARGV[3 + 3 * n]), tonumber(ARGV[4 + 3 * n])
  while looked < limit and clear(STATES[n], aged, most, most_bytes) do end
end
flush()
return {done, looked, unknown and 1 or 0}
