-- listings.lua - code, and what programs print

local this = require('this')
local faults = require('faults')
local fault, meet = faults.fault, faults.meet
local output = require('output')
local escape, html = output.escape, output.html
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

local function code_lines(items, language, href)
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
    local set = highlight(table.concat(text, '\n'), language)
    local out = {}
    for i, item in ipairs(items) do
        local class = 'l' .. (item.dim and ' dim' or '') ..
            (item.tint and ' tint' or '')
        local number = href and
            ('<a class="n" href="%s#L%d" data-n="%d" tabindex="-1" ' ..
             'aria-hidden="true"></a>'):format(href, item.n, item.n) or
            ('<a class="n" href="#L%d" data-n="%d" tabindex="-1" ' ..
             'aria-hidden="true"></a>'):format(item.n, item.n)
        local id = href and '' or (' id="L%d"'):format(item.n)
        out[i] = ('<span class="%s"%s>%s%s\n</span>'):format(class, id,
            number, set[i] or '')
    end
    return table.concat(out)
end

local function source_page(path)
    return 'source/' .. path .. '.html'
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
    local href = this.root .. source_page(a.src)
    local head = ''
    if code.identifier ~= '' then
        head = ('<span class="label">Listing %s</span> '):format(
            entry_of(code.identifier, 'lst').number)
    end
    local out = pandoc.List({ html('<figure class="listing"%s>\n<figcaption>%s',
        code.identifier ~= '' and ' id="' .. code.identifier .. '"' or '',
        head) })
    if a.caption then
        out:insert(pandoc.Plain(inlines_of(a.caption)))
    end
    out:insert(html('<span class="where"><a href="%s#L%d">%s</a>, %s%s' ..
        '</span></figcaption>\n<pre class="code" tabindex="0"><code>%s' ..
        '</code></pre>\n</figure>', href, first, a.src,
        lines_text(first, last), place and ', ' .. place:gsub(' (.*)$',
        ' <code>%1</code>') or '',
        code_lines(items, code.classes[1] or language_of(a.src), href)))
    return out
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
    local head, tail = '', ''
    if code.identifier ~= '' then
        head = ('<figure class="listing" id="%s">\n<figcaption><span ' ..
            'class="label">Listing %s</span> '):format(code.identifier,
            entry_of(code.identifier, 'lst').number)
        tail = '\n</figure>'
    end
    local out = pandoc.List()
    if head ~= '' then
        out:insert(html('%s', head))
        out:insert(pandoc.Plain(inlines_of(a.caption or
            'What the program prints.')))
        out:insert(html('</figcaption>'))
    end
    out:insert(html('<pre class="console" tabindex="0"><code><span ' ..
        'class="command"><span class="prompt" aria-hidden="true">$ </span>' ..
        '%s</span>\n%s</code></pre>%s', escape(command),
        escape(tables_in((said:gsub('%s+$', '')))), tail))
    return out
end

local function code_block(code)
    if code.attributes.src then return listing(code) end
    if code.attributes.run then return console(code) end
    local language = code.classes[1] or 'default'
    local class = (language == 'console' or language == 'output') and
        'console' or 'code plain'
    local body = class == 'console' and escape(code.text) or
        table.concat(highlight(code.text, language), '\n')
    return html('<pre class="%s" tabindex="0"><code>%s</code></pre>', class,
                body)
end

return {
    code_block = code_block,
    code_lines = code_lines,
    language_of = language_of,
    lines_text = lines_text,
    source_page = source_page,
    inlines_of = inlines_of,
}
