#!lua flags=allow-oom
-- Ends leases whose generation is the record's.
-- KEYS as in record.lua
-- ARGV 4 how many batches, then two for each: batch, packed items (index, generation, kind, cause, due; 13 bytes); then
--      what the items carry, in their order: kind 0 succeeded: nothing; 1 succeeded: result; 2 retry and 3 bury: error,
--      fingerprint, message; 4 release: reason
-- Returns per item 7 bytes: 0 done, 1 repeated, 2 lost, 3 unknown; state; generation; 1 if it has a name
-- Writes r: x: lines, due, ends, counters, series, groups, uniq, keep, gone; wake-ups
local args, answers, running_out, applied = 5 + 2 * tonumber(ARGV[4]), {}, {}, 0
local HOW = {[0] = COMPLETED, COMPLETED, FAILED, FAILED, RELEASED}

local function answer(code, r)
  return pack('>BBI4B', code, r[SC] % 8, r[GEN], band(r[FLAGS], NAMED) ~= 0 and 1 or 0)
end

local function settle(batch, i, gen, kind, cause, run_at)
  local carried = args
  args = args + (kind == 0 and 0 or (kind == 2 or kind == 3) and 3 or 1)
  local r, p = record(batch, i)
  if not r then return '\3\0\0\0\0\0\0' end
  local state = r[SC] % 8
  if r[GEN] ~= gen or gen == 0 then return answer(2, r) end
  local late = kind < 2 and state == READY and r[FLAGS] % 8 == CRASHED and r[SC] == READY + 48
  if state ~= RUNNING and not late then return answer(r[FLAGS] % 8 == HOW[kind] and 1 or 2, r) end
  if kind < 2 then succeed(p, i, r, kind == 1 and ARGV[carried])
  elseif kind == 4 then release(p, i, r, run_at, ARGV[carried])
  else fail(p, i, r, kind, cause, run_at, ARGV[carried], ARGV[carried + 1], ARGV[carried + 2]) end
  write(p, i, r)
  applied = applied + 1
  return answer(0, r)
end

for b = 5, args - 1, 2 do
  local batch, items, whole = ARGV[b], ARGV[b + 1], {}
  for at = 1, #items, 13 do
    local i, gen, kind, cause, run_at = unpk('>BI4BBI6', items, at)
    answers[#answers + 1] = settle(batch, i, gen, kind, cause, run_at)
    whole[#whole + 1] = char(i)
  end
  running_out[#running_out + 1] = batch .. char(#whole) .. table.concat(whole)
end
if applied == #answers then
  call('ZREM', leases, table.concat(running_out))   -- a lease that ends as it began needs no watch any more
end
flush()
return table.concat(answers)
