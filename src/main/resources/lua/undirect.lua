#!lua flags=allow-oom
-- Lets go of a client's id, unless someone asked for it since.
-- KEYS 1 a directory of ids
-- ARGV 1 the id, 2 the queue's number, 3 when it was last asked for, at the latest (ms)
-- Returns 1 when it went
-- Writes the directory
local entry = redis.call('HGET', KEYS[1], ARGV[1])
if not entry then return 0 end
local owner, asked = struct.unpack('>I4I6', entry)
if owner ~= tonumber(ARGV[2]) or asked > tonumber(ARGV[3]) then return 0 end
return redis.call('HDEL', KEYS[1], ARGV[1])
