#!lua
-- Says to which queue a client's id belongs; one that nobody has asked for in a minute, and whose queue does not know it,
-- may be taken over.
-- KEYS 1 a directory of ids
-- ARGV 1 the id, 2 the queue's number, 3 now (ms), 4 number of a queue that does not know the id, or -1
-- Returns the number of the queue that has the id
-- Writes the directory
local ids, id, queue, now = KEYS[1], ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local entry = redis.call('HGET', ids, id)
if entry then
  local owner, asked = struct.unpack('>I4I6', entry)
  if owner ~= queue and (owner ~= tonumber(ARGV[4]) or asked > now - 60000) then return owner end
end
redis.call('HSET', ids, id, struct.pack('>I4I6', queue, now))
return queue
