-- After grouping.lua, for settle.lua: the ways in which a lease ends. The caller writes the record.

local function succeed(p, i, r, result)
  if r[SC] % 8 == READY then   -- late: the attempt that was given back is used after all
    r[TRIES] = r[TRIES] + 1
    log(p, i, r, SUCCEEDED, 3)
  end
  if result then
    call('HSET', base .. 'x:' .. p.batch, i .. 'r', result)
    r[FLAGS] = bor(r[FLAGS], RESULT)
  end
  if band(r[FLAGS], ERROR) ~= 0 then
    drop_side(p, i, 'e')
    r[FLAGS] = band(r[FLAGS], 65535 - ERROR)
  end
  add(series, 'R' .. bucket(now - r[START]), 1)
  r[FLAGS] = bor(band(r[FLAGS], 65535 - ENDED), COMPLETED)
  finish(p, i, r, SUCCEEDED, 3, 'succeeded')
end

local function fail(p, i, r, kind, cause, run_at, error, print, message)
  log(p, i, r, kind == 3 and DEAD or SCHEDULED, cause, message)
  call('HSET', base .. 'x:' .. p.batch, i .. 'e', error)
  group(print, p, i, r, error)
  add(series, 'R' .. bucket(now - r[START]), 1)
  r[FLAGS] = bor(band(r[FLAGS], 65535 - ENDED), ERROR + FAILED)
  if kind == 3 then
    fall(print, p, i)
    return finish(p, i, r, DEAD, cause, 'dead')
  end
  add(series, 'efailed:' .. sub(p.lines[r[LINE]], 3), 1)
  turn(p, i, r, SCHEDULED, cause)
  r[DUE], r[FIN] = run_at, 0
  call('ZADD', due, run_at, p.batch .. char(i))
end

local function release(p, i, r, run_at, reason)
  local state = run_at > now and SCHEDULED or READY
  log(p, i, r, state, 7, reason)
  add(series, 'ereleased:' .. sub(p.lines[r[LINE]], 3), 1)
  r[FLAGS] = bor(band(r[FLAGS], 65535 - ENDED), RELEASED)
  r[TRIES], r[FIN] = r[TRIES] - 1, 0
  turn(p, i, r, state, 7)
  if state == SCHEDULED then
    r[DUE] = run_at
    call('ZADD', due, run_at, p.batch .. char(i))
  end
end

-- Carries out a verdict; what comes with it begins at this argument.
local function conclude(p, i, r, kind, cause, run_at, with)
  if kind < 2 then return succeed(p, i, r, kind == 1 and ARGV[with]) end
  if kind == 4 then return release(p, i, r, run_at, ARGV[with]) end
  return fail(p, i, r, kind, cause, run_at, ARGV[with], ARGV[with + 1], ARGV[with + 2])
end
