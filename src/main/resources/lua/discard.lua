#!lua flags=allow-oom
-- Takes a queue away: everything at once but its batches and names; those are left in doomed keys and go in slices.
-- KEYS as in keys.lua, 23 doomed batches, 24 doomed names
-- ARGV 4 '1' with all its tasks, else only when none is scheduled, ready, running or blocked; 5 the queue's number, which
--      takes no more tasks: known for a minute, longer than any call that still carries it
-- Returns 0 when it is not empty, 1 when it is gone
-- Writes all keys of the queue
local busy = call('HMGET', counts, SCHEDULED, READY, RUNNING, 3)
for n = 1, 4 do
  if ARGV[4] ~= '1' and tonumber(busy[n] or 0) > 0 then return 0 end
end
for _, line in ipairs(call('SMEMBERS', streams)) do call('UNLINK', base .. 'w:' .. line) end
for state = SUCCEEDED, EXPIRED do call('UNLINK', base .. 'in:' .. state, base .. 'ik:' .. state) end
if call('EXISTS', created) == 1 then call('RENAME', created, KEYS[23]) end
if call('EXISTS', names) == 1 then call('RENAME', names, KEYS[24]) end
for n = 2, 21 do call('UNLINK', KEYS[n]) end
call('HSET', config, 'number', '-' .. ARGV[5])
call('EXPIRE', config, 60)
return 1
