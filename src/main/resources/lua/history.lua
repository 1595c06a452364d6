-- After line.lua: what is kept of a task's history.

local function event(at, state, cause, attempt, worker, message)
  local body = pack('>I6BBBI3', at, state, cause, attempt, worker) .. message
  return pack('>H', #body) .. body
end

-- Adds to the history what is not regular, after what was regular since. Call it before the record changes.
-- The first 49 (after the submission) and the last 50 events are kept.
local function log(p, i, r, state, cause, message)
  local field, list, n, running = i .. 'h', '', 0, r[SC] % 8 == RUNNING
  local started = running or r[SC] % 8 == SUCCEEDED and band(r[FLAGS], LOGGED) == 0
  if band(r[FLAGS], HISTORY) ~= 0 then
    list = call('HGET', base .. 'x:' .. p.batch, field) or '\0'
    n, list = byte(list), sub(list, 2)
  end
  if band(r[FLAGS], WAS_DUE) ~= 0 then
    list, n = list .. event(r[AT], READY, 1, started and r[TRIES] - 1 or r[TRIES], 0, ''), n + 1
  end
  if started then list, n = list .. event(r[START], RUNNING, 2, r[TRIES], r[WORKER], ''), n + 1 end
  if started and not running then list, n = list .. event(r[FIN], SUCCEEDED, 3, r[TRIES], r[WORKER], ''), n + 1 end
  local worker = (running or cause == 3) and r[WORKER] or 0   -- a late completion is its worker's too
  list, n = list .. event(now, state, cause, cause == 8 and 0 or r[TRIES], worker, message or ''), n + 1
  if n > 99 then
    local at = 1
    for _ = 1, 49 do at = at + 2 + unpk('>H', list, at) end
    local from = at
    for _ = 100, n do at = at + 2 + unpk('>H', list, at) end
    list, n = sub(list, 1, from - 1) .. sub(list, at), 99
  end
  call('HSET', base .. 'x:' .. p.batch, field, char(n) .. list)
  r[FLAGS] = bor(band(r[FLAGS], 65535 - WAS_DUE), HISTORY + LOGGED)
end
