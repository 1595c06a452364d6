#!lua
-- Adds a batch whose tasks are all ready and claim nothing. Refused whole when Redis is full: no allow-oom.
-- KEYS as in record.lua
-- ARGV 4 batch, 5 its blob, 6 its lines (length, text), 7 flags, line, size of each task (2, 1, 3 bytes), 8 total size,
--      9 when the first of them was created (6 bytes)
-- Returns 1, or 0 when nothing was done: the batch came before or the queue is near a limit, so admit.lua has to look
-- Writes b: r: created, lines, counters, series
local batch, line_text, infos = ARGV[4], ARGV[6], ARGV[7]
local total, at, n, stream, first = #infos / 6, 1, 0, {}, {}
if call('EXISTS', base .. 'r:' .. batch) == 1 then return 0 end
while at <= #line_text do
  stream[n] = sub(line_text, at + 1, at + byte(line_text, at))
  at, n = at + 1 + byte(line_text, at), n + 1
end
local depth = tonumber(call('HGET', config, 'maxDepth') or '')
if depth then
  local waiting = call('HMGET', counts, SCHEDULED, READY, 3)
  if (waiting[1] or 0) + (waiting[2] or 0) + (waiting[3] or 0) + total > depth then return 0 end
end
if call('ZCARD', lines) + n > 1000 then return 0 end

local time, seq = position(total)
for i = 0, total - 1 do
  local line, id = byte(infos, 6 * i + 3), time .. '-' .. (seq + i)
  call('XADD', base .. 'w:' .. stream[line], id, 'i', batch .. char(i))
  first[line] = first[line] or id
end
for line, id in pairs(first) do
  if not call('ZSCORE', lines, stream[line]) then
    lead(stream[line], id)
    call('SADD', streams, stream[line])
  end
end
call('SET', base .. 'b:' .. batch, ARGV[5])
call('SET', base .. 'r:' .. batch, pack(HEAD, 1, 0, total, total, 16 + #line_text, time, seq) .. line_text .. infos)
call('XADD', created, time .. '-' .. seq, 'i', batch .. char(total) .. ARGV[9])
call('HSET', counts, 'used', now)
delta[READY], delta.w, series.s, wake = total, tonumber(ARGV[8]), total, true
flush()
return 1
