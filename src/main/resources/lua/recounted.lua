-- Takes what recount.lua added up for the bytes of cancelled and expired tasks, if meanwhile none of them was taken away
-- and no node was at work that does not know these counters. Those that ended meanwhile are in the counters already.
-- KEYS as in keys.lua
-- ARGV 4 bytes of cancelled, 5 of expired ones; then, as they were before: 6 old, 7 out, 8 in, 9 and 10 how many cancelled
--      and expired ones there were, 11 ms, 12 seq, 13 c, 14 x
-- Returns 1, or 0 when it has to be done again
-- Writes counters
local there = call('HMGET', counts, 'old', 'out', 'in', CANCELLED, EXPIRED, 'ms', 'seq')
local function same(n) return (there[n] or '') == ARGV[n + 5] end
local function number(text) return tonumber(text) or 0 end

if not same(1) or not same(2) then return 0 end
local old = there[7] and byte(there[7]) ~= 48
if old and not (same(6) and same(7)) then return 0 end
local ended = number(there[4]) + number(there[5])
if ended - number(there[3]) ~= number(ARGV[9]) + number(ARGV[10]) - number(ARGV[8]) then return 0 end

call('HINCRBY', counts, 'c', ARGV[4] - number(ARGV[13]))
call('HINCRBY', counts, 'x', ARGV[5] - number(ARGV[14]))
-- One more went out, so that whoever counts at the same time does not add it once more.
local out = number(there[2]) + 1
call('HSET', counts, 'out', out, 'in', out + ended)
call('HDEL', counts, 'old')
if old then call('HSET', counts, 'seq', '0' .. there[7]) end
return 1
