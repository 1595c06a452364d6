-- After transition.lua, for lease.lua: delivery through the group.

-- A worker's number in records; the names of the last 4,096 are kept.
local function worker_number(worker)
  local number = call('HGET', workers, '@' .. worker)
  if number then return tonumber(number) end
  number = call('HINCRBY', counts, 'worker', 1)
  call('HSET', workers, '@' .. worker, number, '#' .. number, worker)
  local old = call('HGET', workers, '#' .. (number - 4096))
  if old then call('HDEL', workers, '@' .. old, '#' .. (number - 4096)) end
  return number
end

-- The next n entries of a line, now pending for the worker.
local function deliver(line, n, worker)
  local key = base .. 'w:' .. line
  local reply = redis.pcall('XREADGROUP', 'GROUP', 'g', worker, 'COUNT', n, 'STREAMS', key, '>')
  if reply and reply.err then
    call('XGROUP', 'CREATE', key, 'g', 0, 'MKSTREAM')
    reply = call('XREADGROUP', 'GROUP', 'g', worker, 'COUNT', n, 'STREAMS', key, '>')
  end
  local entries = reply and reply[1][2] or {}
  if #entries > 0 then pass(line, entries[#entries][1]) else pass(line, '18446744073709551614-0') end
  return entries
end
