#!lua flags=allow-oom
-- Ends leases whose generation is the record's.
-- KEYS as in keys.lua
-- ARGV 4 how many groups of alike items, then three for each: batch, packed (generation, kind, cause, due), indexes; then
--      what the items carry, in their order: kind 0 succeeded: nothing; 1 succeeded: result; 2 retry and 3 bury: error,
--      fingerprint, message; 4 release: reason
-- Returns per group 7 bytes, once if all are the same: 0 done, 1 repeated, 2 lost, 3 unknown; state; generation; 1 if named
-- Writes r: x: lines, due, ends, counters, series, groups, fallen, uniq, keep, gone; wake-ups
local carried, answers, whole, steps, applied, items = 5 + 3 * tonumber(ARGV[4]), {}, {}, {}, 0, 0
local HOW, ARGS = {[0] = COMPLETED, COMPLETED, FAILED, FAILED, RELEASED}, {[0] = 0, 1, 3, 3, 1}

local function answer(code, r)
  return pack('>BBI4B', code, r[SC] % 8, r[GEN], band(r[FLAGS], NAMED) ~= 0 and 1 or 0)
end

-- What becomes of tasks of this very record and line that succeed without a result; nil where there is more to see to.
local function completion(p, r, old, known)
  if r[SC] % 8 ~= RUNNING or r[FLAGS] >= AWAITED or band(r[FLAGS], ERROR) ~= 0 then return nil end
  local _, flags, gen, tries, crashes, rev, at, seq, run_at, start, _, worker = unpk(FORM, old)
  local step = {n = 0, bytes = 0, gen = gen, line = p.lines[r[LINE]], bucket = bucket(now - start), at = r[AT], seq = seq,
    list = list_of(p, 0, SUCCEEDED, 0)}
  r[SC] = SUCCEEDED + 24
  step.told = answer(0, r)
  step.new = pack(FORM, r[SC], bor(band(flags, 65535 - ENDED), COMPLETED), gen, tries, crashes, rev + 1, at, step.list.seq,
    run_at, start, step.list.at, worker)
  known[old], steps[#steps + 1] = step, step
  return step
end

local function settle(p, i, gen, kind, cause, run_at)
  local with = carried
  carried = carried + ARGS[kind]
  local old, line, size, known, step = p and p.rec[i], nil, nil, nil, nil
  if old and kind == 0 then
    line, size = info(p, i)
    known = p.steps[line] or {}
    p.steps[line], step = known, known[old]
  end
  if not step or step.gen ~= gen then
    local r = p and fields(p, i, old)
    if not r then return '\3' .. string.rep('\0', 6) end
    if r[GEN] ~= gen or gen == 0 then return answer(2, r) end
    local late = kind < 2 and r[SC] == READY + 48 and r[FLAGS] % 8 == CRASHED
    if r[SC] % 8 ~= RUNNING and not late then return answer(r[FLAGS] % 8 == HOW[kind] and 1 or 2, r) end
    step = kind == 0 and completion(p, r, old, known)
    if not step then
      conclude(p, i, r, kind, cause, run_at, with)
      write(p, i, r)
      applied = applied + 1
      return answer(0, r)
    end
  end
  put(p, i, step.new)
  step.n, step.bytes, step.list[#step.list + 1], applied = step.n + 1, step.bytes + size, char(i), applied + 1
  exit(step.line, step.at, step.seq == 0 and p.seq + i or step.seq)
  return step.told
end

for g = 5, carried - 1, 3 do
  local p, told, same = load(ARGV[g]), {}, true
  local gen, kind, cause, run_at = unpk('>I4BBI6', ARGV[g + 1])
  if p then p.steps = p.steps or {} end
  for at = 1, #ARGV[g + 2] do
    told[at] = settle(p, byte(ARGV[g + 2], at), gen, kind, cause, run_at)
    same = same and told[at] == told[1]
  end
  items = items + #told
  answers[#answers + 1] = same and told[1] or table.concat(told)
  whole[#whole + 1] = ARGV[g] .. char(#told) .. ARGV[g + 2]
end
for _, step in ipairs(steps) do
  count(RUNNING, SUCCEEDED, step.bytes, step.n)
  add(series, 'R' .. step.bucket, step.n)
  add(series, 'esucceeded:' .. sub(step.line, 3), step.n)
end
-- A lease that ends as it began needs no watch any more.
if applied == items then call('ZREM', leases, table.concat(whole)) end
flush()
return answers
