#!lua flags=allow-oom
-- Leaves a node's mark. One that is missing or older than the node's last says that the store lost what came since.
-- KEYS 1 marks
-- ARGV 1 node, 2 its new mark (ms), 3 marks before this are of nodes that are gone
-- Returns the mark that was there, '' when there was none
-- Writes marks
local before = redis.call('ZSCORE', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[1], 'GT', ARGV[2], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[3])
return before or ''
