-- Adds up the bytes of ended tasks in a list of ends, some entries at a time.
-- KEYS as in keys.lua
-- ARGV 4 state, 5 which list of it (in, ik), 6 from where, 7 to where, 8 how many entries
-- Returns how many entries there were, the last one, bytes
local state, bytes, last = tonumber(ARGV[4]), 0, ''
local entries = call('XRANGE', base .. ARGV[5] .. ':' .. state, ARGV[6], ARGV[7], 'COUNT', ARGV[8])
for _, e in ipairs(entries) do
  last = e[1]
  local dash = last:find('-', 1, true)
  local ms, seq, refs = tonumber(sub(last, 1, dash - 1)), tonumber(sub(last, dash + 1)), e[2][2]
  for at = 17, #refs do
    local r = record(sub(refs, 1, 16), byte(refs, at))
    if r and r[SC] % 8 == state and r[FIN] == ms and r[SEQ] == seq then bytes = bytes + r[SIZE] end
  end
end
return {#entries, last, bytes}
