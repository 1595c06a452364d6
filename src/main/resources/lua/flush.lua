-- After ledger.lua: writes what was gathered.

-- Acknowledges and deletes. Entries are delivered in order: all before the first that is pending are done with, and
-- trimming takes whole nodes of the stream where deleting would look for each entry.
local function take_out(line, x)
  local key = base .. 'w:' .. line
  call('XACK', key, 'g', unpack(x))
  if #x < 4 then return call('XDEL', key, unpack(x)) end
  local pending = redis.pcall('XPENDING', key, 'g', '-', '+', 1)
  if pending.err then return call('XDEL', key, unpack(x)) end
  local bound = pending[1] and pending[1][1] or id_of(x.at, x.seq + 1)
  local dash = bound:find('-', 1, true)
  local at, s = tonumber(sub(bound, 1, dash - 1)), tonumber(sub(bound, dash + 1))
  if at > x.at or at == x.at and s > x.seq then return call('XTRIM', key, 'MINID', '=', bound) end
  call('XDEL', key, unpack(x))
end

local function save(p)
  local key = base .. 'r:' .. p.batch
  if p.live > 0 then return call('SET', key, pack_page(p)) end
  local side = base .. 'x:' .. p.batch
  call('UNLINK', key, base .. 'b:' .. p.batch)
  call('XDEL', created, id_of(p.ms, p.seq))
  if now - p.ms >= TOMBSTONE_MS then return call('UNLINK', side) end
  -- A late repeat of the submission must not bring the tasks back, and is told again which were refused.
  call('SET', key, pack(HEAD, 1, 2, p.count, 0, p.ms, p.seq, 0, 0), 'PX', TOMBSTONE_MS)
  call('PEXPIRE', side, TOMBSTONE_MS)
end

-- Whether tasks wait that could not be leased, since as many ran as may, and now can be.
local function has_room_again()
  local limit = (delta[RUNNING] or 0) < 0 and call('HGET', config, 'concurrency')
  if not limit then return false end
  local there = call('HMGET', counts, RUNNING, READY)
  local free = limit - (there[1] or 0)
  return free > 0 and free + delta[RUNNING] <= 0 and tonumber(there[2] or 0) > 0
end

-- Writes all that was gathered.
local function flush()
  for line, x in pairs(exits) do take_out(line, x) end
  for _, p in pairs(pages) do
    if p and p.changed then save(p) end
  end
  for _, e in ipairs(ends) do call('XADD', e.key, e.id, 'i', e.batch .. table.concat(e)) end
  for field, n in pairs(delta) do
    local left = n ~= 0 and call('HINCRBY', counts, field, n)
    if field == DEAD and left == 0 then call('UNLINK', fallen) end
  end
  if position_ms then call('HSET', counts, 'ms', position_ms, 'seq', '0' .. position_seq) end
  if next(series) then
    local first = call('EXISTS', minute) == 0
    for field, n in pairs(series) do call('HINCRBY', minute, field, n) end
    if first then call('EXPIRE', minute, 172800) end
  end
  if wake or has_room_again() then call('PUBLISH', channel, 'r' .. queue) end
end
