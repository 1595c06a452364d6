-- After ending.lua, for admit.lua: what tasks claim.

-- The answer to a task whose name or key came before, or whose unique key another one holds; cancels what it replaces.
local function known(s)
  if s.mode == 9 then return s.name end
  local first = s.name ~= '' and call('HGET', names, s.name)
  if first then return (sub(first, 18, 25) == s.print and 'R' or 'N') .. sub(first, 1, 17) .. s.name end
  first = s.dedupe ~= '' and call('HGET', dedupe, s.dedupe)
  if first then return (sub(first, 18, 25) == s.print and 'R' or 'K') .. sub(first, 1, 17) .. sub(first, 26) end
  local holder = s.mode > 0 and call('HGET', uniq, s.key)
  if not holder then return nil end
  local free_at, ref, name = unpk('>I6', holder), sub(holder, 7, 23), sub(holder, 24)
  if free_at > 0 and free_at <= now then return nil end
  local r, page = record(sub(ref, 1, 16), byte(ref, 17))
  if not r or r[SC] % 8 > 3 then return nil end
  if s.mode == 2 then return 'E' .. ref .. name end
  if s.mode == 1 or r[SC] % 8 == RUNNING then return 'U' .. ref .. name end
  s.replaces = {page, byte(ref, 17), r}
end

-- Takes what an accepted task claims.
local function claim(p, i, s)
  local ref, side = p.batch .. char(i), base .. 'x:' .. p.batch
  if s.replaces then cancel(s.replaces[1], s.replaces[2], s.replaces[3], 12) end
  if s.mode > 0 then
    call('HSET', uniq, s.key, pack('>I6', s.hold > 0 and now + s.hold or 0) .. ref .. s.name)
    call('HSET', side, i .. 'u', pack('>I6', s.hold) .. s.key)
  end
  if s.name ~= '' then
    call('HSET', names, s.name, ref .. s.print)
    call('HSET', side, i .. 'n', s.name)
  end
  if s.dedupe ~= '' then
    call('HSET', dedupe, s.dedupe, ref .. s.print .. s.name)
    call('HSET', side, i .. 'd', s.dedupe)
  end
  if s.expires > 0 then call('ZADD', ttl, s.expires, ref) end
  if s.own > 0 then call('HSET', side, i .. 'k', s.own) end
end
