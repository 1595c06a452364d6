-- After record.lua: positions, counters, series, and what is written once at the end of a script.
local delta, series, ends, exits, position_ms, position_seq, wake = {}, {}, {}, {}, nil, nil, false

local function add(t, field, n) t[field] = (t[field] or 0) + n end

-- Reserves n positions; answers their ms and the first sequence. They never go back, whatever the clocks do.
local function position(n)
  if not position_ms then
    local last = call('HMGET', counts, 'ms', 'seq')
    position_ms, position_seq = tonumber(last[1] or 0), tonumber(last[2] or 0)
    if now > position_ms then position_ms, position_seq = now, 0 end
  end
  position_seq = position_seq + n
  return position_ms, position_seq - n + 1
end

-- The histogram bucket of a duration (monitor.Buckets).
local function bucket(ms)
  if ms <= 0 then return 0 end
  local _, exponent = math.frexp(ms)
  return math.min(31, exponent)
end

-- Bytes of ended tasks, of which k is the sum; succeeded ones have what is left.
local BYTES_OF = {[DEAD] = 'd', [CANCELLED] = 'c', [EXPIRED] = 'x'}

-- Moves the counters with n tasks (1) of so many bytes that go from one state to another; nil is nowhere.
local function count(from, to, bytes, n)
  n = n or 1
  if from then
    add(delta, from, -n)
    add(delta, from < 4 and 'w' or 'k', -bytes)
    if BYTES_OF[from] then add(delta, BYTES_OF[from], -bytes) end
  end
  if to then
    add(delta, to, n)
    add(delta, to < 4 and 'w' or 'k', bytes)
    if BYTES_OF[to] then add(delta, BYTES_OF[to], bytes) end
  end
end

-- A delivered entry goes when the script ends.
local function exit(line, at, s)
  local x = exits[line] or {at = 0, seq = 0}
  exits[line], x[#x + 1] = x, id_of(at, s)
  if at > x.at or at == x.at and s > x.seq then x.at, x.seq = at, s end
end
