#!lua flags=allow-oom
-- Keeps progress and the last 100 log lines of running leases.
-- KEYS as in keys.lua
-- ARGV 4 and on, four for each report: batch, packed index and generation, progress ('' leaves it), log lines, each with
--      its length (2 bytes) in front
-- Returns per report 7 bytes as settle.lua
-- Writes r: x:
local answers = {}

local function append(p, i, r, lines_text)
  local side, n, at = base .. 'x:' .. p.batch, 0, 1
  local stamped, list = {}, band(r[FLAGS], LOG) ~= 0 and call('HGET', side, i .. 'l') or '\0'
  while at <= #lines_text do
    local length = unpk('>H', lines_text, at)
    stamped[#stamped + 1] = pack('>HI6B', length + 7, now, r[TRIES]) .. sub(lines_text, at + 2, at + 1 + length)
    at = at + 2 + length
  end
  local text = table.concat(stamped)
  if #stamped == 0 or string.find(list, text, 2, true) then return end   -- nothing, or a repeat of the same call
  n, list, at = byte(list) + #stamped, sub(list, 2) .. text, 1
  for _ = 101, n do at = at + 2 + unpk('>H', list, at) end
  call('HSET', side, i .. 'l', char(math.min(n, 100)) .. sub(list, at))
  r[FLAGS] = bor(r[FLAGS], LOG)
end

for b = 4, #ARGV, 4 do
  local i, gen = unpk('>BI4', ARGV[b + 1])
  local r, p = record(ARGV[b], i)
  if not r then
    answers[#answers + 1] = '\3\0\0\0\0\0\0'
  else
    local holds = r[SC] % 8 == RUNNING and r[GEN] == gen
    if holds then
      if ARGV[b + 2] ~= '' then
        call('HSET', base .. 'x:' .. p.batch, i .. 'p', ARGV[b + 2])
        r[FLAGS] = bor(r[FLAGS], PROGRESS)
      end
      append(p, i, r, ARGV[b + 3])
      r[REV] = r[REV] + 1
      write(p, i, r)
    end
    answers[#answers + 1] = pack('>BBI4B', holds and 0 or 2, r[SC] % 8, r[GEN], band(r[FLAGS], NAMED) ~= 0 and 1 or 0)
  end
end
flush()
return table.concat(answers)
