-- After lanes.lua, for lease.lua: which tasks are next over several lines.

-- Looks ahead in a line, some entries at a time.
local function look(c)
  if c.next > #c.ids then
    if c.over then return nil end
    local found = call('XRANGE', base .. 'w:' .. c.line, c.from, '+', 'COUNT', c.ask)
    c.ids, c.next, c.over, c.ask = {}, 1, #found < c.ask, math.min(32, 2 * c.ask)
    for n, entry in ipairs(found) do c.ids[n] = entry[1] end
    if #found == 0 then return nil end
    c.from = '(' .. c.ids[#c.ids]
  end
  local id = c.ids[c.next]
  local dash = id:find('-', 1, true)
  c.id, c.priority, c.seq = id, byte(c.line) - 48, tonumber(sub(id, dash + 1))
  c.rank = tonumber(sub(id, 1, dash - 1)) - c.priority * 60000
  return true
end

-- Of equal rank the lower priority became ready earlier.
local function before(a, b)
  if a.rank ~= b.rank then return a.rank < b.rank end
  if a.priority ~= b.priority then return a.priority < b.priority end
  return a.seq < b.seq
end

-- Down to its place in a heap of so many that are in order but for this one.
local function sink(heap, at, size)
  local c, child = heap[at], 2 * at
  while child <= size do
    if child < size and before(heap[child + 1], heap[child]) then child = child + 1 end
    if not before(heap[child], c) then break end
    heap[at], at, child = heap[child], child, 2 * child
  end
  heap[at] = c
end

-- How many of which line are next, and with several lines in which order their entries come.
local function choose(found, want)
  local open, plan, order, by_line = {}, {}, {}, {}
  if #found == 1 then
    local n = limits and math.min(want, limits[sub(found[1], 3)]) or want
    if limits then limits[sub(found[1], 3)] = limits[sub(found[1], 3)] - n end
    return n > 0 and call('HEXISTS', heads, found[1]) == 1 and {{line = found[1], n = n}} or plan
  end
  local ask = math.min(32, math.max(2, math.ceil(want / #found)))
  learn_tops(found)
  for _, line in ipairs(found) do
    local head = first_of(line)
    if head then
      local ids = ahead[line] or {head}
      open[#open + 1] = {line = line, lane = limits and sub(line, 3), from = '(' .. ids[#ids], ids = ids, next = 1, ask = ask}
      look(open[#open])
    end
  end
  local size = #open
  for n = math.floor(size / 2), 1, -1 do sink(open, n, size) end
  while #order < want and size > 0 do
    local c, more = open[1], nil
    if not limits or limits[c.lane] > 0 then
      if not by_line[c.line] then
        by_line[c.line] = {line = c.line, n = 0}
        plan[#plan + 1] = by_line[c.line]
      end
      by_line[c.line].n, order[#order + 1], c.next = by_line[c.line].n + 1, c.id, c.next + 1
      if limits then limits[c.lane] = limits[c.lane] - 1 end
      more = look(c)
      by_line[c.line].after = more and c.id
    end
    if not more then open[1], open[size], size = open[size], nil, size - 1 end
    if size > 1 then sink(open, 1, size) end
  end
  return plan, order
end
