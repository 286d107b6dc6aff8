-- listings.lua - code, and what programs print

local this = require('this')
local faults = require('faults')
local fault, meet = faults.fault, faults.meet
local output = require('output')
local set = require('setter')
local regions = require('regions')
local commands = require('commands')
local labels = require('labels')
local entry_of = labels.entry_of
local forms = require('forms')
local command_of, command_needles = forms.command_of, forms.command_needles

-- The lines of a text, highlighted.
local function highlight(text, language)
    local page = pandoc.write(pandoc.Pandoc({
        pandoc.CodeBlock(text, { 'x', { language } }) }), 'html')
    local body = page:match('<code[^>]*>(.*)</code>') or ''
    local out = {}
    for line in (body .. '\n'):gmatch('(.-)\n') do
        line = line:gsub('^<span id="[^"]*"><a [^>]*></a>(.*)</span>$', '%1')
        out[#out + 1] = line
    end
    return out
end

local function language_of(path)
    local ending = path:match('%.(%w+)$') or ''
    return ({ c = 'c', h = 'c', sh = 'bash', lua = 'lua', py = 'python',
              gp = 'gnuplot', md = 'markdown' })[ending] or 'default'
end

-- The items of a listing, less the indent they share, highlighted.
local function highlight_items(items, language)
    local indent = math.huge
    local text = {}
    for _, item in ipairs(items) do
        if item.text:match('%S') then
            indent = math.min(indent, #item.text:match('^ *'))
        end
    end
    if indent == math.huge then indent = 0 end
    for i, item in ipairs(items) do
        text[i] = item.text:sub(indent + 1)
    end
    return highlight(table.concat(text, '\n'), language)
end

local function lines_text(first, last)
    if first == last then return 'line ' .. first end
    return ('lines %d–%d'):format(first, last)
end

local function inlines_of(markdown)
    local doc = pandoc.read(markdown, 'markdown-auto_identifiers')
    return doc.blocks[1] and doc.blocks[1].content or pandoc.List()
end

local function listing(code)
    local a = code.attributes
    local needles = { '#' .. code.identifier .. ' ',
        a.region and 'region="' .. a.region .. '"' or '',
        'src="' .. a.src .. '"' }
    if code.identifier == '' then needles[1] = '' end
    for _, needle in ipairs(needles) do meet(needle) end
    if code.text:match('%S') then
        fault(needles, 'the listing of %s has lines of its own: leave the ' ..
              'block empty', a.src)
    end
    local ok, items, place, first, last = pcall(regions.listing, a.src,
        a.region, this.meta.instructor ~= nil, tonumber(a.context or 0),
        a.highlight)
    if not ok then
        local said = items
        fault(needles, '%s', type(said) == 'table' and said.what or said)
        return {}
    end
    return set.listing({ id = code.identifier,
        number = code.identifier ~= '' and
            entry_of(code.identifier, 'lst').number,
        caption = a.caption and inlines_of(a.caption), src = a.src,
        first = first, where = lines_text(first, last), inside = place,
        items = items, set = highlight_items(items, code.classes[1] or
            language_of(a.src)) })
end

local function cells_of(line)
    local cells = {}
    for cell in (line .. '\t'):gmatch('(.-)\t') do
        cells[#cells + 1] = cell:match('^%s*(.-)%s*$')
    end
    return cells
end

-- Lines of cells with tabs between them, as columns: those of numbers end
-- at the same place, all others begin there.
local function aligned(lines)
    local rows, width, numeric = {}, {}, {}
    for r, line in ipairs(lines) do
        rows[r] = cells_of(line)
        for c, cell in ipairs(rows[r]) do
            width[c] = math.max(width[c] or 0, utf8.len(cell) or #cell)
            if r > 1 or line:sub(1, 1) ~= '#' then
                numeric[c] = numeric[c] ~= false and
                    (cell == '' or cell:match('^[-+]?%d[%d.e+-]* ?%%?$')) ~=
                    nil
            end
        end
    end
    for r, row in ipairs(rows) do
        for c, cell in ipairs(row) do
            local fill = (' '):rep(width[c] - (utf8.len(cell) or #cell))
            row[c] = numeric[c] and fill .. cell or cell .. fill
        end
        lines[r] = table.concat(row, '  '):gsub('%s+$', '')
    end
    return lines
end

-- What a command printed, with every table in it aligned.
local function tables_in(text)
    local out, block = {}, {}
    local function flush()
        for _, line in ipairs(aligned(block)) do out[#out + 1] = line end
        block = {}
    end
    for line in (text .. '\n'):gmatch('(.-)\n') do
        if line:find('\t') then
            block[#block + 1] = line
        else
            flush()
            out[#out + 1] = line
        end
    end
    flush()
    return table.concat(out, '\n')
end

local function console(code)
    local a = code.attributes
    local command = command_of(a.run)
    local needles = command_needles(command)
    meet(needles[1])
    local said, status = commands.run(command)
    local expected = tonumber(a.status or 0)
    if status ~= expected then
        fault(needles, 'command "%s" ends with status %s: %s', command,
              tostring(status), (said:gsub('%s+$', ''):match('[^\n]*$')))
    elseif not said:match('%S') then
        fault(needles, 'command "%s" prints nothing', command)
    end
    return set.console({ id = code.identifier,
        number = code.identifier ~= '' and
            entry_of(code.identifier, 'lst').number,
        caption = inlines_of(a.caption or 'What the program prints.'),
        command = command, text = tables_in((said:gsub('%s+$', ''))) })
end

local function code_block(code)
    if code.attributes.src then return listing(code) end
    if code.attributes.run then return console(code) end
    local language = code.classes[1] or 'default'
    if language == 'console' or language == 'output' then
        return set.output(code.text)
    end
    return set.code(highlight(code.text, language), 'plain')
end

return {
    code_block = code_block,
    highlight = highlight,
    highlight_items = highlight_items,
    language_of = language_of,
    lines_text = lines_text,
    inlines_of = inlines_of,
}
