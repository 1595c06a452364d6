#!lua flags=allow-oom
-- Gives queues the numbers that they had before the store lost them, where neither name nor number is taken.
-- KEYS 1 queues
-- ARGV names and numbers, in turn
-- Returns 1
-- Writes queues
for n = 1, #ARGV, 2 do
  local name, field = ARGV[n], '#' .. ARGV[n + 1]
  if redis.call('HEXISTS', KEYS[1], name) + redis.call('HEXISTS', KEYS[1], field) == 0 then
    redis.call('HSET', KEYS[1], name, ARGV[n + 1], field, name)
  end
end
return 1
