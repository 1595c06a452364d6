#!lua flags=allow-oom
-- Tells a node what to do, if it is there.
-- KEYS 1 nodes
-- ARGV 1 the node's id, 2 the field of what it is told, 3 that, 4 the wake-up channel
-- Returns 1, or 0 when there is no such node
-- Writes nodes; a wake-up
if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
redis.call('PUBLISH', ARGV[4], 'n' .. ARGV[1])
return 1
