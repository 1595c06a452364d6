#!lua flags=allow-oom
-- Takes away streams that are empty, and consumers that hold nothing and have been idle.
-- KEYS as in keys.lua
-- ARGV 4 idle time in ms, then lines
-- Returns how many streams and consumers went
-- Writes w: streams
local went = 0
for a = 5, #ARGV do
  local key = base .. 'w:' .. ARGV[a]
  if call('XLEN', key) == 0 then
    call('UNLINK', key)
    call('SREM', streams, ARGV[a])
    went = went + 1
  else
    local consumers = redis.pcall('XINFO', 'CONSUMERS', key, 'g')
    for _, consumer in ipairs(consumers.err and {} or consumers) do
      local c = {}
      for n = 1, #consumer, 2 do c[consumer[n]] = consumer[n + 1] end
      if c.pending == 0 and c.idle > tonumber(ARGV[4]) then
        call('XGROUP', 'DELCONSUMER', key, 'g', c.name)
        went = went + 1
      end
    end
  end
end
return went
