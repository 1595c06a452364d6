#!lua flags=no-writes
-- The minutes that have anything in them, in one answer instead of one each.
-- KEYS minutes of one queue
-- Returns for each that is there: its place among the keys, from 0, and its fields and values
local found = {}
for n = 1, #KEYS do
  local fields = redis.call('HGETALL', KEYS[n])
  if #fields > 0 then
    found[#found + 1] = n - 1
    found[#found + 1] = fields
  end
end
return found
