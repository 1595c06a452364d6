#!lua flags=allow-oom
-- Leaves a node's mark. One that is missing or older than the node's last says that the store lost what came since.
-- KEYS 1 marks
-- ARGV 1 node, 2 its new mark (ms), 3 marks before this are of nodes that are gone, 4 the last one that was confirmed
-- Returns the mark that was there, '' when there was none
-- Writes marks; not where something was lost: that stays to be seen until the node has heard of it
local before = redis.call('ZSCORE', KEYS[1], ARGV[1])
if tonumber(before or 0) < tonumber(ARGV[4]) then return before or '' end
redis.call('ZADD', KEYS[1], 'GT', ARGV[2], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[3])
return before or ''
