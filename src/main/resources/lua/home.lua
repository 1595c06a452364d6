-- Before what adds tasks.
-- How many more tasks and bytes the queue takes, or nil where the batch does not carry the number that the queue has now:
-- one that was deleted since, and perhaps made anew, has another or none.
local function room(batch)
  local set = call('HMGET', config, 'number', 'maxDepth', 'maxBytes')
  local a, b, c = byte(batch, 7, 9)
  if set[1] ~= format('%d', (a * 256 + b) * 16 + math.floor(c / 16)) then return nil end
  if not set[2] and not set[3] then return math.huge, math.huge end
  local there = call('HMGET', counts, SCHEDULED, READY, 3, 'w')
  return tonumber(set[2] or math.huge) - (there[1] or 0) - (there[2] or 0) - (there[3] or 0),
    tonumber(set[3] or math.huge) - (there[4] or 0)
end
