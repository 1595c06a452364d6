#!lua flags=allow-oom
-- Takes a queue's number away, if it is this one still.
-- KEYS 1 queues
-- ARGV 1 name, 2 number
-- Returns 1 when it was
-- Writes queues
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HDEL', KEYS[1], ARGV[1], '#' .. ARGV[2])
return 1
