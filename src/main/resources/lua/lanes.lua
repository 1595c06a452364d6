-- After delivery.lua, for lease.lua: which lines are asked for.

-- How many tasks each lane may still give; nil where that is not bounded.
local limits

local function closed(line) return limits and limits[sub(line, 3)] <= 0 end

-- The lines of the best rank, and those as good as the last that may be needed too: arrival decides between them.
-- A rank may be too good until the line's first entry is looked up.
local function best(key, n)
  local found, moved = {}, true
  while moved do
    local last = call('ZRANGE', key, n, n, 'WITHSCORES')[2]
    found, moved = call('ZRANGEBYSCORE', key, '-inf', last or '+inf'), false
    if #found > 1 then learn_tops(found) end
    for i = 1, #found > 1 and #found or 0 do
      if not closed(found[i]) then
        local _, looked_up = first_of(found[i])
        moved = moved or looked_up
      end
    end
  end
  return found
end

-- The lines that the next tasks are in: of the types named from this argument on, or of all.
local function of_types(want, from)
  if from > #ARGV then return best(lines, math.max(want, 2) - 1) end
  local found = {}
  for n = from, #ARGV do
    local ask = {}
    for priority = 0, 9 do ask[priority + 1] = priority .. ':' .. ARGV[n] end
    for i, score in ipairs(call('ZMSCORE', lines, unpack(ask))) do
      if score then found[#found + 1] = ask[i] end
    end
  end
  return found
end

-- How many tasks these lines give at least, as each has one and none gives more than its lane may; and those that give any.
local function giving(all)
  local found, left, n = {}, {}, 0
  for _, line in ipairs(all) do
    local lane = sub(line, 3)
    left[lane] = left[lane] or limits[lane]
    if limits[lane] > 0 then found[#found + 1] = line end
    if left[lane] > 0 then left[lane], n = left[lane] - 1, n + 1 end
  end
  return n, found
end

-- The same of destinations, as many as it takes: one with tasks of many priorities may stand before another and give few.
local function of_destinations(want, each, from)
  limits = {}
  local n = math.max(want, 2) - 1
  for at = from, #ARGV, 2 do
    limits[ARGV[at]] = tonumber(ARGV[at + 1])
    if limits[ARGV[at]] <= 0 then n = n + 1 end
  end
  setmetatable(limits, {__index = function() return each end})
  while true do
    local all = best(routes, n)
    local least, found = giving(all)
    if least >= want or #all <= n then return found end
    n = 2 * n + 10
  end
end
