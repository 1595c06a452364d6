#!lua flags=allow-oom
-- Ends tasks that did not start in their time to live.
-- KEYS as in keys.lua
-- ARGV 4 how many at most
-- Returns how many expired, how many were looked at
-- Writes r: x: ttl, due, lines, ends, uniq, gone, counters, series; wake-ups
local refs, done = call('ZRANGEBYSCORE', ttl, '-inf', now, 'LIMIT', 0, ARGV[4]), 0
for _, ref in ipairs(refs) do
  local i = byte(ref, 17)
  local r, p = record(sub(ref, 1, 16), i)
  local state = r and r[SC] % 8
  if r and r[GEN] == 0 and state < SUCCEEDED and state ~= RUNNING then
    log(p, i, r, EXPIRED, 11)
    finish(p, i, r, EXPIRED, 11, 'expired')
    write(p, i, r)
    done = done + 1
  else
    call('ZREM', ttl, ref)
  end
end
flush()
return {done, #refs}
