-- After delivery.lua and rate.lua, for lease.lua: the answer to a lease.

-- Notes a lease, to be looked at when its deadline comes (or in a minute, so that a long one that ended is not kept for
-- long), and gives the answer.
local function hand_out(runs, got, deadline)
  if got > 0 then
    local groups, member, answer = {}, {}, {}
    for _, run in ipairs(runs) do
      local indexes, batch = table.concat(run), run.page.batch
      answer[#answer + 1] = batch .. char(#run) .. run.new .. sub(run.page.raw, 5, 14) .. indexes
      if not groups[batch] then groups[#groups + 1] = batch end
      groups[batch] = (groups[batch] or '') .. indexes
    end
    for n, batch in ipairs(groups) do member[n] = batch .. char(#groups[batch]) .. groups[batch] end
    call('ZADD', leases, math.min(deadline, now + 60000), table.concat(member))
    spend(got)
    add(series, 't', got)
    add(delta, READY, -got)
    add(delta, RUNNING, got)
    flush()
    return table.concat(answer)
  end
  flush()
  return ''
end
