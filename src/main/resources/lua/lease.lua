#!lua flags=allow-oom
-- Hands out ready tasks by rank (time ready - a minute per priority), then arrival.
-- KEYS as in record.lua
-- ARGV 4 how many, 5 the deadline, 6 the worker, 7 '1' when upkeep was seen to, then the types (none: all)
-- Returns 0 when upkeep is due first; else the leased in one string, 16 bytes batch, 1 index, 48 record each
-- Writes r: lines, heads, leases, counters, series, workers; the group's pending list
local want, deadline, worker = tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6]
if call('HGET', config, 'paused') == '1' then return '' end
if ARGV[7] ~= '1' then
  for _, key in ipairs({due, ttl, leases}) do
    if call('ZCOUNT', key, '-inf', now) > 0 then return 0 end
  end
end
local candidates = waiting_lines(want, 8)
if #candidates == 0 then return '' end

local number, batches, page, last, got, shown = worker_number(worker), {}, nil, nil, 0, {}
local function start(entry, line)
  local ref = entry[2][2]
  local batch, i = sub(ref, 1, 16), byte(ref, 17)
  if batch ~= last then page, last = load(batch), batch end
  local sc, flags, gen, tries, crashes, rev, at, seq, run_at, _, _, _, size, stand = ABSENT
  if page then sc, flags, gen, tries, crashes, rev, at, seq, run_at, _, _, _, size, stand = read(page, i) end
  if sc == ABSENT or sc % 8 ~= READY then
    -- Nobody waits here. It stays if its task runs (the group was made anew), else it goes.
    if sc % 8 ~= RUNNING or at .. '-' .. seq ~= entry[1] then
      exits[line] = exits[line] or {}
      table.insert(exits[line], entry[1])
    end
    return nil
  end
  if band(flags, ENDED + LOGGED + PROGRESS) ~= 0 then
    if band(flags, PROGRESS) ~= 0 then drop_side(page, i, 'p') end
    flags = band(flags, 65535 - ENDED - LOGGED - PROGRESS)
  end
  local packed = pack(FORM, RUNNING + 16, flags, gen + 1, tries + 1, crashes, rev + 1, at, seq, run_at, now, deadline,
    number, size, stand)
  put(page, i, packed)
  add(series, 'w' .. bucket(now - at), 1)
  if not batches[batch] then batches[#batches + 1], batches[batch] = batch, {} end
  table.insert(batches[batch], char(i))
  got = got + 1
  return ref .. packed
end

for _ = 1, 20 do   -- again only when entries had to be passed over
  local plan, order = choose(candidates, want - got)
  local taken = {}
  for _, part in ipairs(plan) do
    for _, entry in ipairs(deliver(part.line, part.n, worker)) do
      local one = start(entry, part.line)
      if order then taken[entry[1]] = one else shown[#shown + 1] = one end
    end
  end
  for _, id in ipairs(order or {}) do shown[#shown + 1] = taken[id] end
  if got == want or #plan == 0 then break end
end
if got == 0 then
  flush()
  return ''
end
local member = {}
for _, batch in ipairs(batches) do
  member[#member + 1] = batch .. char(#batches[batch]) .. table.concat(batches[batch])
end
call('ZADD', leases, math.min(deadline, now + 60000), table.concat(member))
add(series, 't', got)
delta[READY], delta[RUNNING] = -got, got
flush()
return table.concat(shown)
