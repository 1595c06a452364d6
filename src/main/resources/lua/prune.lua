#!lua flags=allow-oom
-- Takes away ended tasks past their retention, the oldest first.
-- KEYS as in keys.lua
-- ARGV 4 how many at most, 5 ended before this (ms), 6 the same for dead ones, 7 most kept, 8 most bytes kept
-- Returns how many were taken away, how many were looked at
-- Writes r: b: x: ends, keep, created, counters
local limit, aged, aged_dead, most, most_bytes = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7]),
  tonumber(ARGV[8])
local done, looked, first = 0, 0, {}
local kept = call('HMGET', counts, SUCCEEDED, CANCELLED, EXPIRED, 'k', 'd')
for n = 1, 5 do kept[n] = tonumber(kept[n] or 0) end

local function over()
  local d = function(field) return delta[field] or 0 end
  return kept[1] + kept[2] + kept[3] + d(SUCCEEDED) + d(CANCELLED) + d(EXPIRED) > most
    or kept[4] - kept[5] + d('k') - d('d') > most_bytes
end

local function advance(state, after)
  local e = call('XRANGE', base .. 'in:' .. state, after and '(' .. after or '-', '+', 'COUNT', 1)[1]
  if not e then
    first[state] = nil
    return
  end
  local dash = e[1]:find('-', 1, true)
  first[state] = {id = e[1], ms = tonumber(sub(e[1], 1, dash - 1)), seq = tonumber(sub(e[1], dash + 1)), refs = e[2][2]}
end

-- Answers false when some of the entry's tasks stay.
local function clear(state, e, by_age)
  for at = 17, #e.refs do
    if not by_age and not over() then return false end
    local i = byte(e.refs, at)
    local r, p = record(sub(e.refs, 1, 16), i)
    looked = looked + 1
    if r and r[SC] % 8 == state and r[FIN] == e.ms and r[SEQ] == e.seq then
      remove(p, i, r)
      done = done + 1
    end
  end
  call('XDEL', base .. 'in:' .. state, e.id)
  return true
end

for _, ref in ipairs(call('ZRANGEBYSCORE', keep, '-inf', now, 'LIMIT', 0, limit)) do
  local r, p = record(sub(ref, 1, 16), byte(ref, 17))
  looked = looked + 1
  if r and r[SC] % 8 >= SUCCEEDED then
    remove(p, byte(ref, 17), r)
    done = done + 1
  else
    call('ZREM', keep, ref)
  end
end
for _, state in ipairs({SUCCEEDED, DEAD, CANCELLED, EXPIRED}) do advance(state) end
while looked < limit do
  local state
  for s, e in pairs(first) do
    if s ~= DEAD and (not state or e.ms < first[state].ms or e.ms == first[state].ms and e.seq < first[state].seq) then
      state = s
    end
  end
  local by_age = state and first[state].ms < aged
  if not by_age and not (state and over()) then
    if not first[DEAD] or first[DEAD].ms >= aged_dead then break end
    state, by_age = DEAD, true
  end
  local e = first[state]
  if not clear(state, e, by_age) then break end
  advance(state, e.id)
end
flush()
return {done, looked}
