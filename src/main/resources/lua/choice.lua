-- After transition.lua, for lease.lua: who is next over several lines.

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

-- Lines that may hold one of the next n tasks, of the types from this argument on (none: all).
local function waiting_lines(n, types)
  if #ARGV < types then
    local last = call('ZRANGE', lines, n - 1, n - 1, 'WITHSCORES')[2]
    -- Those as good as the n-th too: arrival decides between them.
    return call('ZRANGEBYSCORE', lines, '-inf', last or '+inf')
  end
  local found = {}
  for t = types, #ARGV do
    local ask = {}
    for priority = 0, 9 do ask[priority + 1] = priority .. ':' .. ARGV[t] end
    for i, score in ipairs(call('ZMSCORE', lines, unpack(ask))) do
      if score then found[#found + 1] = ask[i] end
    end
  end
  return found
end

-- How many of which line are next, and with several lines in which order their entries come.
local function choose(candidates, want)
  local open, plan, order, by_line = {}, {}, {}, {}
  for _, line in ipairs(candidates) do
    local head = call('HGET', heads, line)
    if head then open[#open + 1] = {line = line, from = '(' .. head, ids = {head}, next = 1} end
  end
  if #open == 1 then return {{line = open[1].line, n = want}} end
  for _, c in ipairs(open) do look(c) end
  table.sort(open, before)
  while #order < want and #open > 0 do
    local c = open[1]
    if not by_line[c.line] then
      by_line[c.line] = {line = c.line, n = 0}
      plan[#plan + 1] = by_line[c.line]
    end
    by_line[c.line].n, order[#order + 1], c.next = by_line[c.line].n + 1, c.id, c.next + 1
    if not look(c) then
      table.remove(open, 1)
    else
      local n = 2
      while n <= #open and before(open[n], c) do open[n - 1], n = open[n], n + 1 end
      open[n - 1] = c
    end
  end
  return plan, order
end
