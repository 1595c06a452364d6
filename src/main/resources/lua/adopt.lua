#!lua
-- Lets a queue take the tasks whose ids carry its number; not while the queue that has this number is being removed.
-- KEYS 1 config
-- ARGV 1 number
-- Returns 1, or 0 when it is being removed
-- Writes config
if redis.call('HGET', KEYS[1], 'number') == '-' .. ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'number', ARGV[1])
redis.call('PERSIST', KEYS[1])
return 1
