#!lua
-- Adds a batch whose tasks are all ready and claim nothing. Refused whole when Redis is full: no allow-oom.
-- KEYS as in keys.lua
-- ARGV 4 batch, 5 its blob, 6 how many tasks, 7 lines, 8 infos, 9 runs (as in a page), 10 size of all, 11 when the first of
--      them was created (6 bytes)
-- Returns 1, or 0 when nothing was done: the batch came before or the queue is near a limit, so admit.lua has to look
-- Writes b: r: created, lines, counters, series
local batch, total, infos = ARGV[4], tonumber(ARGV[6]), ARGV[8]
if call('EXISTS', base .. 'r:' .. batch) == 1 then return 0 end
local depth, bytes = room(batch)
if not depth or depth < total or bytes < tonumber(ARGV[10]) then return 0 end
local time, seq = position(total)
local at = HEAD_WIDTH + #ARGV[7]
local raw = pack(HEAD, 1, 1, total, total, time, seq, at, at + #infos) .. ARGV[7] .. infos .. ARGV[9]
local name, key, first, count_of = lines_of(ARGV[7]), {}, {}, {}
if call('ZCARD', lines) + call('ZCARD', routes) + #name + 1 > 1000 then return 0 end

local prefix, step = format('%d-', time), #infos == 4 and 0 or 4
for line, text in pairs(name) do key[line], count_of[line] = base .. 'w:' .. text, 0 end
for i = 0, total - 1 do
  local line, id = byte(infos, step * i + 1), prefix .. format('%d', seq + i)
  call('XADD', key[line], id, 'i', batch .. char(i))
  first[line], count_of[line] = first[line] or id, count_of[line] + 1
end
for line, id in pairs(first) do wait(name[line], count_of[line], id) end
call('SET', base .. 'b:' .. batch, ARGV[5])
call('SET', base .. 'r:' .. batch, raw)
call('XADD', created, id_of(time, seq), 'i', batch .. char(total) .. ARGV[11])
call('HSET', counts, 'used', now)
delta[READY], delta.w, series.s, wake = total, tonumber(ARGV[10]), total, true
flush()
return 1
