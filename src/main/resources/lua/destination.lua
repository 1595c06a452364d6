#!lua
-- Keeps or removes a destination. Each has its version (6 bytes) before its bytes; .revision has the last one given.
-- KEYS 1 destinations
-- ARGV 1 name, 2 the version that has to be there (0 none, -1 any), 3 its bytes, '' to remove it, 4 how many there may be
-- Returns 1 and its version, 2 stale, 3 not found, 4 full
-- Writes destinations
local all, name, expected = KEYS[1], ARGV[1], tonumber(ARGV[2])
local present = redis.call('HGET', all, name)
local version = present and struct.unpack('>I6', present) or 0
if ARGV[3] == '' and not present then return {3} end
if expected >= 0 and expected ~= version then return {2} end
if not present and redis.call('HLEN', all) > tonumber(ARGV[4]) then return {4} end
local revision = redis.call('HINCRBY', all, '.revision', 1)
if ARGV[3] == '' then
  redis.call('HDEL', all, name)
  return {1, version}
end
redis.call('HSET', all, name, struct.pack('>I6', revision) .. ARGV[3])
return {1, revision}
