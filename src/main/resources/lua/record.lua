-- After keys.lua: the pages of records.
local NO_TASK = char(ABSENT) .. string.rep('\0', WIDTH - 1)
local pages = {}

-- The lines of a page, counted from 0.
local function lines_of(text)
  local found, at, n = {}, 1, 0
  while at <= #text do
    found[n] = sub(text, at + 1, at + byte(text, at))
    at, n = at + 1 + byte(text, at), n + 1
  end
  return found
end

local function parse(batch, raw)
  local p = {batch = batch, raw = raw, rec = {}}
  local at_infos, at_runs, _
  _, p.form, p.count, p.live, p.ms, p.seq, at_infos, at_runs = unpk(HEAD, raw)
  p.line_text, p.infos = sub(raw, HEAD_WIDTH + 1, at_infos), sub(raw, at_infos + 1, at_runs)
  p.lines, p.alike = lines_of(p.line_text), #p.infos == 4
  local at, n = at_runs + 1, 0
  while n < p.count do
    local one = sub(raw, at + 1, at + WIDTH)
    for i = n, n + byte(raw, at) - 1 do p.rec[i] = one end
    at, n = at + 1 + WIDTH, n + byte(raw, at)
  end
  return p
end

-- The page of a batch, or false when there is none.
local function load(batch)
  local p = pages[batch]
  if p ~= nil then return p end
  local raw = call('GET', base .. 'r:' .. batch)
  p = raw and byte(raw, 2) == 1 and parse(batch, raw)
  pages[batch] = p
  return p
end

local function pack_page(p)
  local out, from = {}, 0
  for i = 1, p.count do
    if i == p.count or p.rec[i] ~= p.rec[from] then
      out[#out + 1] = char(i - from) .. p.rec[from]
      from = i
    end
  end
  local at = HEAD_WIDTH + #p.line_text
  return pack(HEAD, 1, 1, p.count, p.live, p.ms, p.seq, at, at + #p.infos) .. p.line_text .. p.infos .. table.concat(out)
end

-- Line and size of a task.
local function info(p, i) return unpk(INFO, p.infos, p.alike and 1 or 4 * i + 1) end

local function put(p, i, packed) p.rec[i], p.changed = packed, true end

-- A record as a table, its position spelt out, or nil where there is no task.
local function fields(p, i, packed)
  if not packed or byte(packed) == ABSENT then return nil end
  local r = {unpk(FORM, packed)}
  if r[AT] == 0 and r[DUE] == 0 then r[AT] = p.ms end
  if r[SEQ] == 0 then r[SEQ] = p.seq + i end
  r[LINE], r[SIZE] = info(p, i)
  return r
end

-- The same with its page, by batch and index.
local function record(batch, i)
  local p = load(batch)
  if p then return fields(p, i, p.rec[i]), p end
end

local function write(p, i, r) put(p, i, pack(FORM, unpack(r, 1, 12))) end

-- Of a place in a stream; numbers are written as whole ones, which is faster.
local function id_of(at, s) return format('%d-%d', at, s) end
