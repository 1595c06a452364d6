-- After ending.lua, for lease.lua: workers, and delivery of tasks through the group.

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
  pass(line, #entries, #entries > 0 and entries[#entries][1])
  return entries
end

-- The id of a line's first waiting entry, looked up where it is not known; nil when there is none.
local function first_of(line)
  local head = call('HGET', heads, line)
  if not head or byte(head) ~= 40 then return head or nil end
  local entry = call('XRANGE', base .. 'w:' .. line, head, '+', 'COUNT', 1)[1]
  if not entry then return pass(line, 0) end
  lead(line, entry[1])
  return entry[1], true
end
