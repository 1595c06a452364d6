-- After grouping.lua: takes an ended task away. Its name and dedupe key stay known (gone).
local KINDS = 'replhoundk'
local HAS_SIDE = HISTORY + RESULT + ERROR + PROGRESS + LOG + OVERRIDE + NAMED + OWN_KEEP + UNIQUE

-- Off the lists of what ended; the shared lists skip what does not fit any more.
local function unlist(p, i, r)
  rise(p, i, r)
  if band(r[FLAGS], OWN_KEEP) ~= 0 then
    call('ZREM', keep, p.batch .. char(i))
    call('XDEL', base .. 'ik:' .. r[SC] % 8, id_of(r[FIN], r[SEQ]))
  end
end

local function remove(p, i, r)
  unlist(p, i, r)
  count(r[SC] % 8, nil, r[SIZE])
  if band(r[FLAGS], HAS_SIDE) ~= 0 then drop_side(p, i, KINDS) end
  put(p, i, NO_TASK)
  p.live = p.live - 1
end
