#!lua flags=allow-oom
-- Moves the deadlines of running leases.
-- KEYS as in keys.lua
-- ARGV 4 and on, two for each batch: batch, packed items (index, generation, new deadline; 11 bytes)
-- Returns per item 7 bytes as settle.lua
-- Writes r: leases
local answers = {}
for b = 4, #ARGV, 2 do
  for at = 1, #ARGV[b + 1], 11 do
    local i, gen, till = unpk('>BI4I6', ARGV[b + 1], at)
    local r, p = record(ARGV[b], i)
    if not r then
      answers[#answers + 1] = '\3\0\0\0\0\0\0'
    else
      local holds = r[SC] % 8 == RUNNING and r[GEN] == gen
      if holds and r[FIN] ~= till then
        -- Its lease is looked at when the old deadline comes, or before; only an earlier one must be said.
        if till < r[FIN] then call('ZADD', leases, math.min(till, now + 60000), p.batch .. '\1' .. char(i)) end
        r[FIN], r[REV] = till, r[REV] + 1
        write(p, i, r)
      end
      answers[#answers + 1] = pack('>BBI4B', holds and 0 or 2, r[SC] % 8, r[GEN], band(r[FLAGS], NAMED) ~= 0 and 1 or 0)
    end
  end
end
flush()
return table.concat(answers)
