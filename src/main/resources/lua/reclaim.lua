#!lua flags=allow-oom
-- Gives back tasks whose lease is over: ready again with one crash more, or dead as poison.
-- KEYS as in keys.lua
-- ARGV 4 how many at most, about; 5 crashes that a task may have before it is poison; 6 the error of poison as kept;
--      7 its shape without the task type (task.ErrorShape)
-- Returns how many were given back, how many were looked at
-- Writes r: x: leases, lines, ends, groups, fallen, counters, series; wake-ups
local limit, done, looked = tonumber(ARGV[4]), 0, 0

-- Of a shape, as task.ErrorShape makes it: FNV-1a of 64 bits, in four parts of 16, the lowest first.
local function fingerprint(shape)
  local a, b, c, d = 0x2325, 0x8422, 0x9ce4, 0xcbf2
  for n = 1, #shape do
    a = bit.bxor(a, byte(shape, n))
    d, c, b, a = d * 0x1b3 + b * 256, c * 0x1b3 + a * 256, b * 0x1b3, a * 0x1b3
    b, a = b + math.floor(a / 65536), a % 65536
    c, b = c + math.floor(b / 65536), b % 65536
    d, c = (d + math.floor(c / 65536)) % 65536, c % 65536
  end
  return format('%04x%04x%04x%04x', d, c, b, a)
end

local function crash(p, i, r)
  local poison = r[CRASHES] + 1 >= tonumber(ARGV[5])
  local kind = sub(p.lines[r[LINE]], 3)
  log(p, i, r, poison and DEAD or READY, poison and 13 or 6)
  r[TRIES], r[CRASHES] = r[TRIES] - 1, r[CRASHES] + 1
  r[FLAGS] = bor(band(r[FLAGS], 65535 - ENDED), CRASHED)
  if poison then
    call('HSET', base .. 'x:' .. p.batch, i .. 'e', ARGV[6])
    r[FLAGS] = bor(r[FLAGS], ERROR)
    local print = fingerprint(kind .. ARGV[7])
    group(print, p, i, r, ARGV[6])
    fall(print, p, i)
    finish(p, i, r, DEAD, 13, 'dead')
  else
    add(series, 'elease-expired:' .. kind, 1)
    turn(p, i, r, READY, 6)
    r[FIN] = 0
  end
  write(p, i, r)
  done = done + 1
end

local function look(member)
  local at, rest, soonest = 1, {}, nil
  while at <= #member do
    local batch, n, still = sub(member, at, at + 15), byte(member, at + 16), {}
    for k = 1, n do
      local i = byte(member, at + 16 + k)
      local r, p = record(batch, i)
      looked = looked + 1
      if r and r[SC] % 8 == RUNNING then
        if r[FIN] <= now then
          crash(p, i, r)
        else
          still[#still + 1] = char(i)
          soonest = math.min(soonest or r[FIN], r[FIN])
        end
      end
    end
    if #still > 0 then rest[#rest + 1] = batch .. char(#still) .. table.concat(still) end
    at = at + 17 + n
  end
  call('ZREM', leases, member)
  if soonest then call('ZADD', leases, math.min(soonest, now + 60000), table.concat(rest)) end
end

while looked < limit do
  local member = call('ZRANGEBYSCORE', leases, '-inf', now, 'LIMIT', 0, 1)[1]
  if not member then break end
  look(member)
end
flush()
return {done, looked}
