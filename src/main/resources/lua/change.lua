#!lua flags=allow-oom
-- Changes tasks from outside their leases.
-- KEYS as in keys.lua
-- ARGV 4 and on, three for each change: batch, packed (index, kind, revision or 2^48 - 1 for any, size of the payload),
--      payload or ''. Kind 1 cancel, 2 retry, 3 run now, 4 delete
-- Returns per change 2 bytes: 0 done, 1 not found, 2 illegal, 3 stale, 4 unique key taken; state, 8 for none
-- Writes r: x: lines, due, ends, uniq, keep, gone, fallen, counters, series; wake-ups
local ANY = 281474976710655
local answers = {}

local function unique_taken(p, i, r)
  if band(r[FLAGS], UNIQUE) == 0 then return false end
  local side, ref = base .. 'x:' .. p.batch, p.batch .. char(i)
  local stored = call('HGET', side, i .. 'u')
  local hold, key = unpk('>I6', stored), sub(stored, 7)
  local holder = call('HGET', uniq, key)
  if holder and sub(holder, 7, 23) ~= ref then
    local free_at = unpk('>I6', holder)
    local other = record(sub(holder, 7, 22), byte(holder, 23))
    if (free_at == 0 or free_at > now) and other and other[SC] % 8 < SUCCEEDED then return true end
  end
  call('HSET', uniq, key, pack('>I6', hold > 0 and now + hold or 0) .. ref .. (call('HGET', side, i .. 'n') or ''))
  return false
end

local function resize(p, i, r, size)
  if p.alike then p.infos, p.alike = string.rep(p.infos, p.count), false end
  p.infos = sub(p.infos, 1, 4 * i) .. pack(INFO, r[LINE], size) .. sub(p.infos, 4 * i + 5)
  count(nil, r[SC] % 8, size - r[SIZE], 0)
  r[SIZE] = size
end

local function retry(p, i, r, payload, size)
  local side, ref = base .. 'x:' .. p.batch, p.batch .. char(i)
  log(p, i, r, READY, 8)
  unlist(p, i, r)
  if band(r[FLAGS], NAMED) ~= 0 then
    local claimed = call('HMGET', side, i .. 'n', i .. 'd')
    call('ZREM', gone, ref .. 'n' .. (claimed[1] or ''), ref .. 'd' .. (claimed[2] or ''))
  end
  if payload ~= '' then
    call('HSET', side, i .. 'o', payload)
    resize(p, i, r, size)
    r[FLAGS] = bor(r[FLAGS], OVERRIDE)
  end
  if band(r[FLAGS], RESULT + PROGRESS) ~= 0 then drop_side(p, i, 'rp') end
  r[FLAGS] = band(r[FLAGS], 65535 - RESULT - PROGRESS - ENDED)
  r[TRIES], r[CRASHES], r[FIN] = 0, 0, 0
  turn(p, i, r, READY, 8)
end

local function change(p, i, r, kind, payload, size)
  local state = r[SC] % 8
  if kind == 1 and state < SUCCEEDED then return cancel(p, i, r, 10)
  elseif kind == 2 and state >= SUCCEEDED then
    if unique_taken(p, i, r) then return 4 end
    retry(p, i, r, payload, size)
  elseif kind == 3 and state == SCHEDULED then
    log(p, i, r, READY, 9)
    turn(p, i, r, READY, 9)
    r[DUE] = now
  elseif kind == 4 and state >= SUCCEEDED then
    remove(p, i, r)
    r[SC] = ABSENT
    return
  else return 2 end
  write(p, i, r)
end

for a = 4, #ARGV, 3 do
  local i, kind, revision, size = unpk('>BBI6I3', ARGV[a + 1])
  local r, p = record(ARGV[a], i)
  local code = not r and 1 or (revision ~= ANY and revision ~= r[REV] and 3) or change(p, i, r, kind, ARGV[a + 2], size) or 0
  answers[#answers + 1] = char(code, (not r or r[SC] == ABSENT) and 8 or r[SC] % 8)
end
flush()
return table.concat(answers)
