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

-- What heads says of lines, and the ids of the first entries of those that were looked up.
local tops, ahead = {}, {}

local function learn_tops(asked)
  local ask = {}
  for _, line in ipairs(asked) do
    if tops[line] == nil and #ask < 4000 then ask[#ask + 1] = line end
  end
  for i, top in ipairs(#ask > 0 and call('HMGET', heads, unpack(ask)) or ask) do tops[ask[i]] = top end
end

-- The id of a line's first waiting entry, looked up with some of those behind it where it is not known; nil when there is none.
local function first_of(line)
  local top = tops[line]
  if top == nil then top = call('HGET', heads, line) end
  if top and byte(top) == 40 then
    local ids = {}
    for n, entry in ipairs(call('XRANGE', base .. 'w:' .. line, top, '+', 'COUNT', 4)) do ids[n] = entry[1] end
    if ids[1] then lead(line, ids[1]) else pass(line, 0) end
    tops[line], ahead[line] = ids[1] or false, ids
    return ids[1], true
  end
  tops[line] = top
  return top or nil
end

-- The next entries of a line, now pending for the worker.
local function deliver(part, worker)
  local key = base .. 'w:' .. part.line
  local reply = redis.pcall('XREADGROUP', 'GROUP', 'g', worker, 'COUNT', part.n, 'STREAMS', key, '>')
  if reply and reply.err then
    call('XGROUP', 'CREATE', key, 'g', 0, 'MKSTREAM')
    reply = call('XREADGROUP', 'GROUP', 'g', worker, 'COUNT', part.n, 'STREAMS', key, '>')
  end
  local entries = reply and reply[1][2] or {}
  part.got, part.last = #entries, #entries > 0 and entries[#entries][1]
  return entries
end

local function both(list, a, b) list[#list + 1], list[#list + 2] = a, b end

-- What was delivered waits no more: as pass() says it of each line, in few calls, since there may be hundreds.
local function pass_all(plan)
  local names, left, first, ranks = {}, {}, {}, {}
  for n, part in ipairs(plan) do
    names[n], tops[part.line], ahead[part.line] = part.line, nil, nil
  end
  for n, there in ipairs(#plan > 1 and call('HMGET', waiting, unpack(names)) or names) do
    local line, got, last = names[n], plan[n].got, plan[n].last
    local rest = (tonumber(there) or 0) - got   -- an error here would leave what was delivered stuck
    if #plan == 1 or got == 0 or rest <= 0 then
      pass(line, got, last)
    else
      local top = got == plan[n].n and plan[n].after or '(' .. last
      local key, rank = rank_of(line, top)
      ranks[key] = ranks[key] or {}
      both(ranks[key], rank, line)
      both(left, line, rest)
      both(first, line, top)
    end
  end
  for key, scores in pairs(ranks) do call('ZADD', key, unpack(scores)) end
  if #left > 0 then call('HSET', waiting, unpack(left)) end
  if #first > 0 then call('HSET', heads, unpack(first)) end
end
