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

-- Moves the counters with a task that goes from one state to another; nil is nowhere.
local function count(from, to, size)
  if from then
    add(delta, from, -1)
    add(delta, from < 4 and 'w' or 'k', -size)
    if from == DEAD then add(delta, 'd', -size) end
  end
  if to then
    add(delta, to, 1)
    add(delta, to < 4 and 'w' or 'k', size)
    if to == DEAD then add(delta, 'd', size) end
  end
end

local function save(p)
  local key, out = base .. 'r:' .. p.batch, {}
  if p.live == 0 then
    call('UNLINK', key, base .. 'b:' .. p.batch, base .. 'x:' .. p.batch)
    call('XDEL', created, p.ms .. '-' .. p.seq)
    if now - p.ms < TOMBSTONE_MS then   -- a late repeat of the submission must not bring the tasks back
      call('SET', key, pack(HEAD, 1, 2, p.count, 0, 16, p.ms, p.seq), 'PX', TOMBSTONE_MS)
    end
  elseif p.form == 1 and not p.new then
    for i = p.lo, p.hi do
      out[#out + 1] = p.dirty[i] or sub(p.raw, p.at + WIDTH * i + 1, p.at + WIDTH * i + WIDTH)
    end
    call('SETRANGE', key, p.at + WIDTH * p.lo, table.concat(out))
    call('SETRANGE', key, 3, char(p.live))
  else
    for i = 0, p.count - 1 do out[i + 1] = p.dirty[i] or pack(FORM, read(p, i)) end
    call('SET', key, pack(HEAD, 1, 1, p.count, p.live, p.at, p.ms, p.seq) .. sub(p.raw, 17, p.at) .. table.concat(out))
  end
end

-- Writes all that was gathered.
local function flush()
  for line, ids in pairs(exits) do
    call('XACK', base .. 'w:' .. line, 'g', unpack(ids))
    call('XDEL', base .. 'w:' .. line, unpack(ids))
  end
  for _, p in pairs(pages) do
    if p and p.hi >= 0 then save(p) end
  end
  for _, e in ipairs(ends) do call('XADD', e.key, e.id, 'i', e.batch .. table.concat(e)) end
  for field, n in pairs(delta) do
    if n ~= 0 then call('HINCRBY', counts, field, n) end
  end
  if position_ms then call('HSET', counts, 'ms', position_ms, 'seq', position_seq) end
  if next(series) then
    local first = call('EXISTS', minute) == 0
    for field, n in pairs(series) do call('HINCRBY', minute, field, n) end
    if first then call('EXPIRE', minute, 172800) end
  end
  if wake then call('PUBLISH', channel, 'r' .. queue) end
end
