-- faults.lua - what is wrong with a page, each with its line

local this = require('this')

local faults, source_lines, found = {}, nil, {}

-- The line of the lesson that holds the nth occurrence of a text.  Pandoc's
-- reader keeps no positions, so the source is searched.
local function line_of(needle, nth)
    if not source_lines then
        source_lines = {}
        local file = io.open(this.lesson, 'rb')
        if file then
            for l in file:lines() do source_lines[#source_lines + 1] = l end
            file:close()
        end
    end
    local last
    for n, text in ipairs(source_lines) do
        local from = 1
        while true do
            local a, b = text:find(needle, from, true)
            if not a then break end
            last, nth, from = n, nth - 1, b + 1
            if nth == 0 then return n end
        end
    end
    return last
end

-- Count an occurrence, so that a fault can say which one it is.
local function meet(needle)
    found[needle] = (found[needle] or 0) + 1
end

local function fault(needle, ...)
    local line
    for _, text in ipairs(type(needle) == 'table' and needle or { needle }) do
        if text ~= '' then line = line_of(text, found[text] or 1) end
        if line then break end
    end
    faults[#faults + 1] = { line = line or 0, text = ('book: %s:%s%s'):format(
        this.lesson, line and line .. ': ' or ' ', string.format(...)) }
end

-- A fault that knows its own place in another file.
local function fault_at(place, ...)
    faults[#faults + 1] = { line = math.huge, text = ('book: %s: %s'):format(
        place, string.format(...)) }
end

local function stop_if_faulty()
    if #faults == 0 then return end
    for i, f in ipairs(faults) do f.order = i end
    table.sort(faults, function(a, b)
        if a.line ~= b.line then return a.line < b.line end
        return a.order < b.order
    end)
    local told = {}
    for _, f in ipairs(faults) do
        if not told[f.text] then io.stderr:write(f.text, '\n') end
        told[f.text] = true
    end
    os.exit(1)
end

return {
    meet = meet,
    fault = fault,
    fault_at = fault_at,
    stop = stop_if_faulty,
}
