-- After ending.lua: failures that look alike, and how many dead tasks each kind has.

-- Counts a failure in its group of alike ones; error is length-prefixed type and message. The least recently seen goes.
local function group(print, p, i, r, error)
  local old, times, first = call('HGET', groups, print), 0, now
  if old then times, first = unpk('>I6I6', old) end
  local kind = sub(p.lines[r[LINE]], 3)
  call('HSET', groups, print,
    pack('>I6I6I6', times + 1, first, now) .. p.batch .. char(i) .. char(#kind) .. kind .. error)
  call('ZADD', seen, now, print)
  if not old and call('ZCARD', seen) > 500 then
    local last = call('ZPOPMIN', seen)[1]
    call('HDEL', groups, last)
    call('ZREM', fallen, last)
  end
end

-- A task dies of such a failure; which one is kept beside it for as long as it is dead.
local function fall(print, p, i)
  call('HSET', base .. 'x:' .. p.batch, i .. 'g', print)
  call('ZINCRBY', fallen, 1, print)
end

-- A task is about to leave its end: nothing, unless it was dead.
local function rise(p, i, r)
  local side = base .. 'x:' .. p.batch
  local print = r[SC] % 8 == DEAD and call('HGET', side, i .. 'g')
  if not print then return end
  call('HDEL', side, i .. 'g')
  -- It died before its group fell out of those that are kept and came back: it is not counted in it.
  local known = call('HGET', groups, print)
  if known and unpk('>I6', known, 7) > r[FIN] then return end
  if tonumber(call('ZSCORE', fallen, print) or 0) > 1 then
    call('ZINCRBY', fallen, -1, print)
  else
    call('ZREM', fallen, print)
  end
end
