-- regions.lua - the one reader of C files: regions, gaps, line numbers
--
-- A region stands between  //> name  and  //< name ; with a task,
-- //> name: Sentence.  it is also a gap of the exercise.  Marker lines are
-- never shown and still count.  Everything of a C file that reaches a reader
-- comes through here, so that the student's edition cannot leak a gap.

local M = {}

local function fail(...) error({ what = string.format(...) }, 0) end

-- The lines of a file that may be shown, each with its true number n, its
-- text, and inside: the set of regions it stands in.  For a student the
-- lines of a gap give way to one line with the gap's sentence.
function M.read(path, instructor)
    local file = io.open(path, 'rb')
    if not file then fail('%s: no such file', path) end
    local text = file:read('a'):gsub('\r\n', '\n')
    file:close()
    if text ~= '' and text:sub(-1) ~= '\n' then text = text .. '\n' end

    local lines, gaps, seen, open = {}, {}, {}, {}
    local n, gap = 0, nil

    local function inside()
        local set = {}
        for _, name in ipairs(open) do set[name] = true end
        return set
    end

    for line in text:gmatch('(.-)\n') do
        n = n + 1
        local indent, first, rest =
            line:match('^(%s*)//> ([%l%d][%l%d-]*)(.*)$')
        local last = line:match('^%s*//< ([%l%d][%l%d-]*)%s*$')
        if first then
            local task = rest:match('^: (.+)$')
            if not task and rest:match('%S') then
                fail('%s:%d: bad marker: write  //> name  or  ' ..
                     '//> name: Sentence.', path, n)
            end
            if seen[first] then
                fail('%s:%d: region %s begins twice', path, n, first)
            end
            seen[first] = n
            open[#open + 1] = first
            if task then
                gaps[first] = task
                if not instructor and not gap then
                    gap = first
                    lines[#lines + 1] = { n = n + 1, inside = inside(),
                        text = indent .. '/* ' .. task .. ' */' }
                end
            end
        elseif last then
            if open[#open] ~= last then
                fail('%s:%d: //< %s closes %s', path, n, last,
                     open[#open] and 'region ' .. open[#open] or 'nothing')
            end
            open[#open] = nil
            if gap == last then gap = nil end
        elseif line:match('^%s*//[<>]') then
            fail('%s:%d: bad marker: a region is called by small letters, ' ..
                 'digits and -', path, n)
        elseif not gap then
            lines[#lines + 1] = { n = n, text = line, inside = inside() }
        end
    end
    if #open > 0 then
        fail('%s:%d: region %s is never closed', path, seen[open[#open]],
             open[#open])
    end
    return { path = path, lines = lines, gaps = gaps, seen = seen }
end

-- The lines of one region, with `context` real lines around it (dim) and
-- the lines of a nested region marked (tint).
function M.listing(path, name, instructor, context, highlight)
    local file = M.read(path, instructor)
    local first, last = 1, #file.lines
    for _, wanted in ipairs({ name or false, highlight or false }) do
        if wanted and not file.seen[wanted] then
            fail('%s: no region %s', path, wanted)
        end
    end
    if name then
        if file.gaps[name] and not instructor then
            fail("%s:%d: region %s is an exercise: the student's edition " ..
                 'must not show it', path, file.seen[name], name)
        end
        first, last = nil, nil
        for i, line in ipairs(file.lines) do
            if line.inside[name] then
                first, last = first or i, i
            end
        end
        if not first then fail('%s: region %s is empty', path, name) end
    end
    local out = {}
    for i = first - context, last + context do
        local line = file.lines[i]
        if line then
            out[#out + 1] = { n = line.n, text = line.text,
                dim = i < first or i > last,
                tint = highlight and line.inside[highlight] }
        end
    end
    return out, M.place(file, first), file.lines[first].n, file.lines[last].n
end

-- The name of the function whose head a line is.
local function head_of(text)
    local name = text:match('^[%a_][%w_ %*]-([%a_][%w_]*)%(')
    if name and not text:match(';%s*$') and not text:match('^typedef') then
        return name
    end
end

-- The functions with a gap, by name: their lines, from head to brace.
function M.exercises(path)
    local file = M.read(path, true)
    local out, first, name, gap = {}, nil, nil, false
    for i, line in ipairs(file.lines) do
        if head_of(line.text) then
            first, name, gap = i, head_of(line.text), false
        end
        for region in pairs(line.inside) do
            gap = gap or file.gaps[region] ~= nil
        end
        if line.text:match('^}') and name then
            if gap then
                out[name] = {}
                for k = first, i do table.insert(out[name], file.lines[k]) end
            end
            name = nil
        end
    end
    return out
end

-- Where a region sits: "in f()" or "after f()" by the last head of a
-- function before it; nothing for a header or the top of a file.
function M.place(file, first)
    if not file.path:match('%.c$') then return nil end
    local head, closed
    for i = 1, first - 1 do
        local text = file.lines[i].text
        local name = head_of(text)
        if name then
            head, closed = name, false
        elseif text:match('^}') then
            closed = true
        end
    end
    return head and (closed and 'after ' or 'in ') .. head .. '()'
end

return M
