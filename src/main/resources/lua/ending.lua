-- After history.lua: how a task goes to another state, and what is due when it ends.

-- What a task promised to do at its end; those with their own retention stand in a list of their own (ik:).
local function settle_obligations(p, i, r)
  local flags, side, ref = r[FLAGS], base .. 'x:' .. p.batch, p.batch .. char(i)
  if band(flags, AWAITED) ~= 0 then call('PUBLISH', channel, 'e' .. ref) end
  if band(flags, EXPIRES) ~= 0 then call('ZREM', ttl, ref) end
  if band(flags, UNIQUE) ~= 0 then
    local key = sub(call('HGET', side, i .. 'u'), 7)
    local holder = call('HGET', uniq, key)
    if holder and sub(holder, 7, 23) == ref then call('HDEL', uniq, key) end
  end
  if band(flags, OWN_KEEP) ~= 0 then call('ZADD', keep, now + tonumber(call('HGET', side, i .. 'k')), ref) end
  if band(flags, NAMED) ~= 0 then
    local known = call('HMGET', side, i .. 'n', i .. 'd')
    if known[1] then call('ZADD', gone, now, ref .. 'n' .. known[1]) end
    if known[2] then call('ZADD', gone, now, ref .. 'd' .. known[2]) end
  end
end

-- The entry of a batch's tasks in the list of those that ended in this state.
local function list_of(p, i, state, flags)
  local own = band(flags, OWN_KEEP) ~= 0
  local name = own and p.batch .. char(i) or state .. p.batch
  local e = ends[name]
  if not e then
    local at, s = position(1)
    e = {key = base .. (own and 'ik:' or 'in:') .. state, id = id_of(at, s), batch = p.batch, at = at, seq = s}
    ends[name], ends[#ends + 1] = e, e
  end
  return e
end

-- To another state that is no end; leaves the place it had.
local function turn(p, i, r, state, cause)
  leave(p, i, r)
  count(r[SC] % 8, state, r[SIZE])
  r[SC], r[REV] = state + 8 * cause, r[REV] + 1
  if state == READY then join(p, i, r) end
end

-- To an end; 'what' is its name in the series.
local function finish(p, i, r, state, cause, what)
  leave(p, i, r)
  count(r[SC] % 8, state, r[SIZE])
  add(series, 'e' .. what .. ':' .. sub(p.lines[r[LINE]], 3), 1)
  r[SC], r[REV] = state + 8 * cause, r[REV] + 1
  local e = list_of(p, i, state, r[FLAGS])
  r[FIN], r[SEQ], e[#e + 1] = e.at, e.seq, char(i)
  if r[FLAGS] >= AWAITED then settle_obligations(p, i, r) end
end

local function drop_side(p, i, kinds)
  local fields = {}
  for kind in kinds:gmatch('.') do fields[#fields + 1] = i .. kind end
  call('HDEL', base .. 'x:' .. p.batch, unpack(fields))
end

-- Cancelled, or replaced by a later holder of its unique key.
local function cancel(p, i, r, cause)
  log(p, i, r, CANCELLED, cause)
  if r[SC] % 8 == RUNNING then
    call('PUBLISH', channel, 'c' .. p.batch .. char(i))
    r[FLAGS] = bor(band(r[FLAGS], 65535 - ENDED), STOPPED)
  end
  finish(p, i, r, CANCELLED, cause, 'cancelled')
  write(p, i, r)
end
