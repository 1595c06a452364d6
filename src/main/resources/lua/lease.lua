#!lua flags=allow-oom
-- Hands out ready tasks by rank (time ready - a minute per priority), then arrival.
-- KEYS as in keys.lua
-- ARGV 4 how many, 5 the deadline, 6 the worker, 7 '1' when upkeep was seen to, 8 '0' for types, which follow (none: all),
--      else how many each destination gives, then pairs of lanes that give another number and that
-- Returns 0 when upkeep is due first; else the leased in runs of alike ones: 16 bytes batch, 1 how many, 48 record, 10
--      position of the batch, their indexes
-- Writes r: lines, routes, heads, waiting, leases, counters, series, workers; the group's pending list
local want, deadline, worker = tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6]
local set = call('HMGET', config, 'paused', 'concurrency', 'rate')
if set[1] == '1' then return '' end
for _, key in ipairs(ARGV[7] == '1' and {ttl} or {due, ttl, leases}) do   -- what is too old may never be handed out
  if call('ZCOUNT', key, '-inf', now) > 0 then return 0 end
end
if set[2] then want = math.min(want, set[2] - (call('HGET', counts, RUNNING) or 0)) end
if set[3] then want = rate(set[3], want) end
if want < 1 then return '' end
local found = ARGV[8] == '0' and of_types(want, 9) or of_destinations(want, tonumber(ARGV[8]), 9)
if #found == 0 then return '' end

local number, page, last, got, runs, run = worker_number(worker), nil, nil, 0, {}, {}

-- What becomes of a ready task that is leased, the same for all with this very record; nil when it is not ready.
local function begin(p, i, old)
  local r = fields(p, i, old)
  if not r or r[SC] % 8 ~= READY then return nil end
  local _, flags, gen, tries, crashes, rev, at, seq, run_at = unpk(FORM, old)
  local step = {field = 'W' .. bucket(now - r[AT])}
  if band(flags, PROGRESS) ~= 0 then drop_side(p, i, 'p') else p.steps[old] = step end
  flags = band(flags, 65535 - ENDED - LOGGED - PROGRESS)
  step.new = pack(FORM, RUNNING + 16, flags, gen + 1, tries + 1, crashes, rev + 1, at, seq, run_at, now, deadline, number)
  return step
end

-- An entry that no ready task stands behind. It stays if its task runs (the group was made anew), else it goes.
local function pass_over(p, i, id, line)
  local r = p and fields(p, i, p.rec[i])
  if r and r[SC] % 8 == RUNNING and id_of(r[AT], r[SEQ]) == id then return end
  local dash = id:find('-', 1, true)
  exit(line, tonumber(sub(id, 1, dash - 1)), tonumber(sub(id, dash + 1)))
end

local function start(entry, line)
  local ref = entry[2][2]
  local batch, i = sub(ref, 1, 16), byte(ref, 17)
  if batch ~= last then
    page, last = load(batch), batch
    if page then page.steps = page.steps or {} end
  end
  local step = page and (page.steps[page.rec[i]] or begin(page, i, page.rec[i]))
  if not step then return pass_over(page, i, entry[1], line) end
  put(page, i, step.new)
  got, series[step.field] = got + 1, (series[step.field] or 0) + 1
  return page, i
end

local function show(p, i)
  if run.page ~= p or run.new ~= p.rec[i] or #run == 255 then
    run = {page = p, new = p.rec[i]}
    runs[#runs + 1] = run
  end
  run[#run + 1] = char(i)
end

for _ = 1, 20 do   -- again only when entries had to be passed over
  local plan, order = choose(found, want - got)
  local taken = {}
  for _, part in ipairs(plan) do
    for _, entry in ipairs(deliver(part, worker)) do
      local p, i = start(entry, part.line)
      if p and order then taken[entry[1]] = {p, i} elseif p then show(p, i) end
    end
  end
  pass_all(plan)
  for _, id in ipairs(order or {}) do
    if taken[id] then show(taken[id][1], taken[id][2]) end
  end
  if got == want or #plan == 0 then break end
end
return hand_out(runs, got, deadline)
