#!lua flags=allow-oom
-- Sets and removes fields of a hash, also where memory is short: settings, and what nodes say of themselves.
-- KEYS 1 the hash
-- ARGV 1 how many fields are set, those with their values, then the fields that go
-- Returns how many of those that are set were not there
-- Writes the hash
local last, added = 1 + 2 * ARGV[1], 0
for n = 2, last, 2 do added = added + redis.call('HSET', KEYS[1], ARGV[n], ARGV[n + 1]) end
for n = last + 1, #ARGV do redis.call('HDEL', KEYS[1], ARGV[n]) end
return added
