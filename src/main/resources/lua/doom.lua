#!lua flags=allow-oom
-- Takes away batches of a queue that was discarded.
-- KEYS as in keys.lua, 23 doomed
-- ARGV 4 how many at most
-- Returns how many went
-- Writes b: r: x: doomed
local entries = call('XRANGE', KEYS[23], '-', '+', 'COUNT', ARGV[4])
for _, entry in ipairs(entries) do
  local batch = sub(entry[2][2], 1, 16)
  call('UNLINK', base .. 'b:' .. batch, base .. 'r:' .. batch, base .. 'x:' .. batch)
  call('XDEL', KEYS[23], entry[1])
end
if #entries == 0 then call('UNLINK', KEYS[23]) end
return #entries
