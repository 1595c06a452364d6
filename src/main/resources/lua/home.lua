-- Before what adds tasks.
-- What of a queue's settings bounds it, or nil where the batch does not carry the number that the queue has now: one that
-- was deleted since, and perhaps made anew, has another or none.
local function bounds(batch)
  local set = call('HMGET', config, 'number', 'maxDepth')
  local a, b, c = byte(batch, 7, 9)
  if set[1] ~= format('%d', (a * 256 + b) * 16 + math.floor(c / 16)) then return nil end
  return {depth = tonumber(set[2] or '')}
end

-- How many more tasks the queue takes; nil without a bound.
local function room(bound)
  if not bound.depth then return nil end
  local there = call('HMGET', counts, SCHEDULED, READY, 3)
  return bound.depth - (there[1] or 0) - (there[2] or 0) - (there[3] or 0)
end
