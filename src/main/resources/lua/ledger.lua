-- After record.lua: positions, counters, series, and what is written once at the end of a script.
local delta, series, ends, exits, position_ms, position_seq, wake = {}, {}, {}, {}, nil, nil, false

local function add(t, field, n) t[field] = (t[field] or 0) + n end

-- The sequence is written with a zero before it, which nodes that do not count all that is counted here leave out: so
-- it shows that they were at work.
local function by_old(seq) return seq and byte(seq) ~= 48 end

-- Reserves n positions; answers their ms and the first sequence. They never go back, whatever the clocks do.
local function position(n)
  if not position_ms then
    local last = call('HMGET', counts, 'ms', 'seq')
    position_ms, position_seq = tonumber(last[1] or 0), tonumber(last[2] or 0)
    if by_old(last[2]) then add(delta, 'old', 1) end
    if now > position_ms then position_ms, position_seq = now, 0 end
  end
  position_seq = position_seq + n
  return position_ms, position_seq - n + 1
end

-- The histogram bucket of a duration (monitor.Buckets).
local function bucket(ms)
  if ms < 4 then return math.max(0, ms) end
  local share, exponent = math.frexp(ms)
  return math.min(116, 4 * (exponent - 3) + math.floor(8 * share))
end

-- Bytes of ended tasks, of which k is the sum; succeeded ones have what is left.
local BYTES_OF = {[DEAD] = 'd', [CANCELLED] = 'c', [EXPIRED] = 'x'}

-- in and out: how many tasks went into c and x, and how many out. Where the difference is not what is there, nodes that do
-- not know these were at work.
local function count_bytes(state, bytes, way, n)
  local field = BYTES_OF[state]
  if field then add(delta, field, bytes) end
  if field and state ~= DEAD then add(delta, way, n) end
end

-- Moves the counters with n tasks (1) of so many bytes that go from one state to another; nil is nowhere.
local function count(from, to, bytes, n)
  n = n or 1
  if from then
    add(delta, from, -n)
    add(delta, from < 4 and 'w' or 'k', -bytes)
    count_bytes(from, -bytes, 'out', n)
  end
  if to then
    add(delta, to, n)
    add(delta, to < 4 and 'w' or 'k', bytes)
    count_bytes(to, bytes, 'in', n)
  end
end

-- A delivered entry goes when the script ends.
local function exit(line, at, s)
  local x = exits[line] or {at = 0, seq = 0}
  exits[line], x[#x + 1] = x, id_of(at, s)
  if at > x.at or at == x.at and s > x.seq then x.at, x.seq = at, s end
end
