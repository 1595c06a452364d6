-- After lanes.lua, for lease.lua: which tasks are next over several lines.

-- Looks ahead in a line, some entries at a time.
local function look(c)
  if c.next > #c.ids then
    if c.over then return nil end
    local found = call('XRANGE', base .. 'w:' .. c.line, c.from, '+', 'COUNT', 32)
    c.ids, c.next, c.over = {}, 1, #found < 32
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

-- How many of which line are next, and with several lines in which order their entries come.
local function choose(found, want)
  local open, plan, order, by_line = {}, {}, {}, {}
  if #found == 1 then
    local n = limits and math.min(want, limits[sub(found[1], 3)]) or want
    if limits then limits[sub(found[1], 3)] = limits[sub(found[1], 3)] - n end
    return n > 0 and call('HEXISTS', heads, found[1]) == 1 and {{line = found[1], n = n}} or plan
  end
  for _, line in ipairs(found) do
    local head = first_of(line)
    if head then
      open[#open + 1] = {line = line, lane = limits and sub(line, 3), from = '(' .. head, ids = {head}, next = 1}
      look(open[#open])
    end
  end
  table.sort(open, before)
  while #order < want and #open > 0 do
    local c, more = open[1], nil
    if not limits or limits[c.lane] > 0 then
      if not by_line[c.line] then
        by_line[c.line] = {line = c.line, n = 0}
        plan[#plan + 1] = by_line[c.line]
      end
      by_line[c.line].n, order[#order + 1], c.next = by_line[c.line].n + 1, c.id, c.next + 1
      if limits then limits[c.lane] = limits[c.lane] - 1 end
      more = look(c)
    end
    if not more then
      table.remove(open, 1)
    else
      local n = 2
      while n <= #open and before(open[n], c) do open[n - 1], n = open[n], n + 1 end
      open[n - 1] = c
    end
  end
  return plan, order
end
