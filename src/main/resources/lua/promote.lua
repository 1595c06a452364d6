#!lua flags=allow-oom
-- Makes tasks ready that are due.
-- KEYS as in keys.lua
-- ARGV 4 how many at most
-- Returns how many became ready, how many were looked at
-- Writes r: due, lines, counters; a wake-up
local refs, done = call('ZRANGEBYSCORE', due, '-inf', now, 'LIMIT', 0, ARGV[4]), 0
for _, ref in ipairs(refs) do
  local i = byte(ref, 17)
  local r, p = record(sub(ref, 1, 16), i)
  if r and r[SC] % 8 == SCHEDULED then
    turn(p, i, r, READY, 1)
    r[FLAGS] = bor(r[FLAGS], WAS_DUE)
    write(p, i, r)
    done = done + 1
  else
    call('ZREM', due, ref)
  end
end
flush()
return {done, #refs}
