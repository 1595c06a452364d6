#!lua flags=allow-oom
-- Lets go of names and dedupe keys whose window after the end is over.
-- KEYS as in keys.lua
-- ARGV 4 the end before which names go (ms), 5 how many at most
-- Returns how many members were looked at, then the names that nobody has any more
-- Writes gone, names, dedupe
local members = call('ZRANGEBYSCORE', gone, '-inf', '(' .. ARGV[4], 'LIMIT', 0, ARGV[5])
local out = {#members}
for _, member in ipairs(members) do
  local ref, text = sub(member, 1, 17), sub(member, 19)
  local r = record(sub(ref, 1, 16), byte(ref, 17))
  if r and r[SC] % 8 >= SUCCEEDED then
    call('ZADD', gone, tonumber(ARGV[4]) + 600000, member)   -- kept longer than its window: looked at again later
  else
    local named = sub(member, 18, 18) == 'n'
    local key = named and names or dedupe
    local holder = not r and call('HGET', key, text)
    if holder and sub(holder, 1, 17) == ref then
      call('HDEL', key, text)
      if named then out[#out + 1] = text end
    end
    call('ZREM', gone, member)
  end
end
return out
