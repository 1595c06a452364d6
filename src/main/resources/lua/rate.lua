-- After keys.lua: how many tasks of a queue may be leased in a time (queue.RateLimit).

-- To be called with how many were, if any.
local spend = function() end

-- How many of those wanted may be now. The limit: tasks, microseconds, what the bucket holds. Of the bucket only the time
-- is kept when it will be full.
local function rate(limit, want)
  local tasks, per, holds = limit:match('(%d+) (%d+) (%d+)')
  local at, step = now * 1000, per / tasks
  local known = tonumber(call('HGET', counts, 'full') or 0)
  local full = math.min(math.max(known, at), at + math.ceil(holds * step))
  if full < known then call('HSET', counts, 'full', format('%d', full)) end   -- of another limit, or clock
  spend = function(leased)
    call('HSET', counts, 'full', format('%d', full + math.ceil(leased * step)))
  end
  return math.min(want, math.floor(holds - (full - at) / step + 1e-6))
end
