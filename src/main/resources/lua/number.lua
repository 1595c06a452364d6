#!lua
-- The number of a queue, given when it is new.
-- KEYS 1 queues
-- ARGV 1 name, 2 most queues, 3 numbers there are, 4 where to begin in a store without any: elsewhere each time, as nodes
--      may still hold ids of another store that was here
-- Returns the number, -1 when there are too many queues
-- Writes queues
local queues, name = KEYS[1], ARGV[1]
local number = redis.call('HGET', queues, name)
if number then return tonumber(number) end
if redis.call('HLEN', queues) >= 2 * ARGV[2] then return -1 end
number = tonumber(redis.call('HGET', queues, '.last') or ARGV[4])
repeat
  number = (number + 1) % ARGV[3]
until redis.call('HEXISTS', queues, '#' .. number) == 0
redis.call('HSET', queues, name, number, '#' .. number, name, '.last', number)
return number
