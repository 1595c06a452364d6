#!lua flags=allow-oom
-- Sets and removes fields of a hash, also where memory is short: settings, and what nodes say of themselves.
-- KEYS 1 the hash
-- ARGV 1 how many fields are set, those with their values, then the fields that go
-- Returns 1
-- Writes the hash
local last = 1 + 2 * ARGV[1]
for n = 2, last, 2 do redis.call('HSET', KEYS[1], ARGV[n], ARGV[n + 1]) end
for n = last + 1, #ARGV do redis.call('HDEL', KEYS[1], ARGV[n]) end
return 1
