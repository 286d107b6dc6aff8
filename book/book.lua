-- book.lua - the pandoc filter that makes a lesson a page
--
--   pass=index   collect the labels of a page, and what it is made from
--   pass=render  set the page, with the labels of all pages known
--   pass=source  set a C file as a page that listings can point into
--
-- Metadata on the command line (see book.mk): pass, page (its file name),
-- labels (files written by the index pass, in the book's order), out, deps,
-- src, cache, npm, instructor.  The forms that an author types are described
-- in CONTRIBUTING.md.

local here = PANDOC_SCRIPT_FILE:match('^(.*/)') or './'
local regions = dofile(here .. 'regions.lua')
local commands = dofile(here .. 'commands.lua')
local figures = dofile(here .. 'figures.lua')

local stringify = pandoc.utils.stringify
local meta = {}                          -- the metadata, as strings
local lesson = PANDOC_STATE.input_files[1] or '-'
local chapter                            -- the number, or nil
local stem                               -- 01-linear-regression, glossary
local root = ''                          -- from this page to the site's root

-- ------------------------------------------------------------ complaints --

local faults, source_lines, found = {}, nil, {}

-- The line of the lesson that holds the nth occurrence of a text.  Pandoc's
-- reader keeps no positions, so the source is searched.
local function line_of(needle, nth)
    if not source_lines then
        source_lines = {}
        local file = io.open(lesson, 'rb')
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
        lesson, line and line .. ': ' or ' ', string.format(...)) }
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

-- -------------------------------------------------------------- small ones --

local function escape(text)
    return (text:gsub('[&<>"]', { ['&'] = '&amp;', ['<'] = '&lt;',
                                  ['>'] = '&gt;', ['"'] = '&quot;' }))
end

local function html(...) return pandoc.RawBlock('html', string.format(...)) end

local function inline_html(...)
    return pandoc.RawInline('html', string.format(...))
end

local function exists(path)
    local file = io.open(path, 'rb')
    if file then file:close() end
    return file ~= nil
end

local function slurp(path)
    local file = io.open(path, 'rb')
    if not file then return nil end
    local text = file:read('a')
    file:close()
    return text
end

local function write_file(path, text)
    local file = assert(io.open(path, 'wb'))
    file:write(text)
    file:close()
end

local function kind_of(id) return id:match('^(%a+):') end

-- Text without markup, for the contents list and for titles.
local function plain(inlines)
    local text = pandoc.walk_block(pandoc.Plain(inlines), {
        Math = function(m)
            return pandoc.Str((m.text:gsub('%^2', '²'):gsub('[\\{}]', '')))
        end,
        Note = function() return {} end,
    })
    return (stringify(text):gsub('%s+', ' '))
end

local function slug(text)
    return (text:lower():gsub("[^%w]+", '-'):gsub('^-+', ''):gsub('-+$', ''))
end

-- The label that ends a paragraph or a caption:  {#eq:loss}
local function take_label(inlines, kind)
    local last = inlines[#inlines]
    local id = last and last.t == 'Str' and
        last.text:match('^{#(' .. kind .. ':[%w:_-]+)}$')
    if not id then return nil end
    inlines:remove(#inlines)
    while #inlines > 0 and (inlines[#inlines].t == 'Space' or
                            inlines[#inlines].t == 'SoftBreak') do
        inlines:remove(#inlines)
    end
    return id
end

-- A paragraph with labelled display formulas, in pieces: text, which is a
-- list of inlines, or { formula =, id = }.  Nil if it has no such formula.
local function pieces_of(block)
    local out, text, any = {}, pandoc.List(), false
    local function blank(i) return i.t == 'Space' or i.t == 'SoftBreak' end
    local function trim(list)
        while #list > 0 and blank(list[#list]) do list:remove(#list) end
        while #list > 0 and blank(list[1]) do list:remove(1) end
    end
    for _, inline in ipairs(block.content) do
        text:insert(inline)
        local id = inline.t == 'Str' and inline.text:match('^{#eq:') and
            take_label(text, 'eq')
        if id then
            local formula = text[#text]
            text:remove(#text)
            trim(text)
            if #text > 0 then out[#out + 1] = { text = text } end
            out[#out + 1] = { formula = formula, id = id }
            text, any = pandoc.List(), true
        end
    end
    trim(text)
    if #text > 0 then out[#out + 1] = { text = text } end
    return any and out or nil
end

local function lone_image(block)
    local image = #block.content == 1 and block.content[1]
    return image and image.t == 'Image' and image
end

local function caption_of(table_block)
    local blocks = table_block.caption.long
    return blocks[1] and blocks[1].content or pandoc.List()
end

local function command_needles(command)
    local part = command:match('^[^"\\|]+') or command
    return { command, part, part:match('%S+') or '' }
end

local BLOCKS = { exercise = true, hint = true, solution = true,
    callout = true, predict = true, answer = true, question = true,
    instructor = true, contents = true }

local function block_class(div)
    for _, class in ipairs(div.classes) do
        if BLOCKS[class] then return class end
    end
end

-- Number the headers alike in both passes.
local function numbering()
    local n = { 0, 0, 0 }
    return function(level)
        n[level] = (n[level] or 0) + 1
        for i = level + 1, 6 do n[i] = 0 end
        local parts = { chapter }
        for i = 2, level do parts[#parts + 1] = n[i] end
        return table.concat(parts, '.')
    end
end

local function header_id(header)
    return header.identifier ~= '' and header.identifier or
        slug(plain(header.content))
end

-- ------------------------------------------------------------------ index --

local function drop_instructor(doc)
    return doc:walk({ Div = function(div)
        if div.classes:includes('instructor') then return {} end
    end })
end

local function index(doc)
    local rows, counts, defined = {}, {}, {}
    local sources, programs, drawings, making = {}, {}, {}, false
    local section

    local function add(kind, id, number, title, extra)
        local row = { kind, id, number or '', meta.page, title or '',
                      extra or '' }
        for i, field in ipairs(row) do
            row[i] = tostring(field):gsub('[\t\n]', ' ')
        end
        rows[#rows + 1] = table.concat(row, '\t')
    end

    local function define(kind, id, title, extra)
        counts[kind] = (counts[kind] or 0) + 1
        meet('#' .. id)
        if kind_of(id) ~= kind then
            fault('#' .. id, 'label %s must begin with %s:', id, kind)
        elseif defined[id] then
            fault('#' .. id, 'label %s is defined twice', id)
        end
        defined[id] = true
        add(kind, id, (chapter and chapter .. '.' or '') .. counts[kind],
            title, extra)
    end

    local function note(list, item)
        if not list[item] then
            list[item] = true
            list[#list + 1] = item
        end
    end

    local function note_command(command)
        for word in command:gmatch('build/demo/[%w_-]+') do
            note(programs, word)
        end
        for word in command:gmatch('[%w_./-]+%.%w+') do
            if exists(word) and not word:match('^build/') then
                note(programs, '$(wildcard ' .. word .. ')')
            end
        end
        making = making or command:match('^make ')
    end

    local collect = {
        Para = function(p)
            for _, piece in ipairs(pieces_of(p) or {}) do
                if piece.id then
                    define('eq', piece.id, piece.formula and piece.formula.text)
                end
            end
            local image = lone_image(p)
            if image then
                if image.identifier ~= '' then
                    define('fig', image.identifier, plain(image.caption))
                end
                note(drawings, image.src)
            end
        end,
        Table = function(t)
            local caption = caption_of(t):clone()
            local id = take_label(caption, 'tbl')
            if id then define('tbl', id, plain(caption)) end
        end,
        CodeBlock = function(c)
            local a = c.attributes
            if a.src then note(sources, a.src) end
            if a.run then note_command(a.run) end
            if c.identifier ~= '' then
                local place = a.src
                if a.src then
                    local ok, _, _, first, last = pcall(regions.listing,
                        a.src, a.region, true, 0)
                    if ok then
                        place = ('%s:%d:%d'):format(a.src, first, last)
                    end
                end
                define('lst', c.identifier, a.region or '', place)
            end
        end,
        Div = function(d)
            local class = block_class(d)
            if class == 'exercise' and d.identifier ~= '' then
                define('ex', d.identifier)
            elseif class == 'question' and d.identifier ~= '' then
                define('q', d.identifier)
            end
        end,
        Span = function(s)
            if s.classes:includes('num') and s.attributes.of then
                note_command(s.attributes.of)
            elseif s.classes:includes('gls') and section then
                add('use', s.attributes.term or plain(s.content),
                    section.number, section.title, section.id)
            end
        end,
        DefinitionList = function(d)
            if stem ~= 'glossary' then return end
            for _, item in ipairs(d.content) do
                local name = plain(item[1])
                local id = 'gls:' .. slug(name)
                meet(name)
                if defined[id] then
                    fault(name, 'term %s is defined twice', name)
                end
                defined[id] = true
                add('term', id, '', name, plain(item[2][1][1].content))
            end
        end,
    }

    doc:walk({ Div = function(div)
        if not div.classes:includes('instructor') then return end
        local function no_label(element)
            if element.identifier ~= '' then
                fault('#' .. element.identifier, "label %s stands in an " ..
                    "instructor block: the student's edition would not " ..
                    'know it', element.identifier)
            end
        end
        pandoc.walk_block(div, { Image = no_label, CodeBlock = no_label,
            Div = no_label, Header = no_label, Para = function(p)
                for _, piece in ipairs(pieces_of(p) or {}) do
                    if piece.id then no_label({ identifier = piece.id }) end
                end
            end })
    end })

    local number, titled = numbering(), false
    for _, block in ipairs(drop_instructor(doc).blocks) do
        if block.t == 'Header' then
            local id, title = header_id(block), plain(block.content)
            local n = not block.classes:includes('unnumbered') and chapter
                and number(block.level) or ''
            if block.level == 1 then
                if titled then
                    fault('# ' .. title, 'a second chapter title: a page ' ..
                          'has one line that begins with a single #')
                end
                titled = true
            end
            meet('#' .. id)
            if defined[id] then
                fault({ '#' .. id, title }, 'label %s is defined twice', id)
            end
            defined[id] = true
            add(block.level == 1 and 'title' or 'sec', id, n, title,
                block.level)
            section = { id = id, number = n, title = title }
        end
        pandoc.walk_block(pandoc.Div({ block }), collect)
    end
    if not titled then
        fault_at(lesson, 'no title: the page needs a line like  ' ..
                 '# Linear regression {#sec:linreg}')
    end
    stop_if_faulty()

    write_file(meta.out, table.concat(rows, '\n') .. '\n')

    -- What the page is made from, for make.
    local deps = { ('$(book-out)/%s.html: \\\n'):format(stem) }
    local function depend(format, ...)
        deps[#deps + 1] = '    ' .. format:format(...) .. ' \\\n'
    end
    if chapter then
        depend('$(wildcard chapters/%s/*.h solutions/%s.c grader/%s.c ' ..
               'grader/%s.mistakes.md)', stem, stem, stem, stem)
    end
    for _, path in ipairs(sources) do depend('$(wildcard %s)', path) end
    for _, path in ipairs(programs) do depend('%s', path) end
    for _, src in ipairs(drawings) do
        depend('$(if $(wildcard chapters/%s/%s.gp),build/figures/%s/%s)',
               stem, src:gsub('%.svg$', ''), stem, src)
    end
    if #programs > 0 or making then depend('$(wildcard datasets/*)') end
    if making then
        depend('Makefile $(wildcard chapters/*/*.[ch] solutions/*.c ' ..
               'grader/*)')
    end
    deps[#deps + 1] = '\n'
    for _, path in ipairs(sources) do
        deps[#deps + 1] = ('book-sources += $(wildcard %s)\n'):format(path)
    end
    write_file(meta.deps, table.concat(deps))
    return pandoc.Pandoc({})
end

-- ----------------------------------------------------------------- labels --

local labels, terms, uses, pages, listings = {}, {}, {}, {}, {}

local function load_labels()
    for path in (meta.labels or ''):gmatch('%S+') do
        local page
        for line in io.lines(path) do
            local kind, id, number, where, title, extra = line:match(
                '^(.-)\t(.-)\t(.-)\t(.-)\t(.-)\t(.*)$')
            local entry = { kind = kind, id = id, number = number,
                page = where, title = title, extra = extra }
            if kind == 'title' then
                page = { href = where, number = number, title = title,
                    id = id, sections = {}, entries = {} }
                pages[#pages + 1] = page
            end
            if kind == 'use' then
                uses[#uses + 1] = entry
            elseif kind == 'term' then
                terms[title:lower()] = entry
            else
                local other = labels[id]
                if other and kind_of(id) and (other.page == meta.page or
                                              where == meta.page) then
                    local elsewhere = other.page == meta.page and entry or
                        other
                    fault('#' .. id, 'label %s is defined twice, also in %s',
                          id, elsewhere.page)
                end
                labels[id] = other or entry
                if kind == 'sec' then
                    entry.level = tonumber(extra)
                    page.sections[#page.sections + 1] = entry
                elseif kind == 'lst' then
                    listings[#listings + 1] = entry
                end
            end
        end
    end
end

local NOUN = { eq = 'Equation', fig = 'Figure', tbl = 'Table',
    lst = 'Listing', sec = 'Section', ex = 'Exercise', q = 'Question' }

local function noun_of(entry)
    if entry.kind == 'title' then
        return entry.number ~= '' and 'Chapter' or ''
    end
    return NOUN[entry.kind]
end

local function number_of(entry)
    if entry.number == '' then return entry.title end
    return entry.kind == 'eq' and '(' .. entry.number .. ')' or entry.number
end

local function href_of(entry)
    if entry.kind == 'title' then return root .. entry.page end
    if entry.page == meta.page then return '#' .. entry.id end
    return root .. entry.page .. '#' .. entry.id
end

-- [@eq:a; @eq:b; @fig:c]  ->  Equations (1.2) and (1.3) and Figure 1.4
local function reference(cite)
    local known = {}
    for _, c in ipairs(cite.citations) do
        meet('@' .. c.id)
        local entry = labels[c.id]
        if entry then
            known[#known + 1] = { entry = entry, citation = c }
        else
            fault('@' .. c.id, 'nothing is labelled %s', c.id)
        end
    end
    local out = pandoc.List()
    for i, k in ipairs(known) do
        local noun = noun_of(k.entry)
        local same_before = i > 1 and noun_of(known[i - 1].entry) == noun
        local same_after = known[i + 1] and
            noun_of(known[i + 1].entry) == noun
        local text = number_of(k.entry)
        if k.citation.mode ~= 'SuppressAuthor' and not same_before and
            noun ~= '' then
            text = noun .. (same_after and 's' or '') .. '\u{a0}' .. text
        end
        if i > 1 then
            local joint = i < #known and ', ' or ' and '
            out:insert(pandoc.Str(joint))
        end
        out:extend(k.citation.prefix)
        if #k.citation.prefix > 0 then out:insert(pandoc.Space()) end
        out:insert(pandoc.Link(text, href_of(k.entry), '', { '', { 'ref' } }))
        out:extend(k.citation.suffix)
    end
    return out
end

-- --------------------------------------------------------------- formulas --

local function set_formulas(doc)
    local version = pandoc.utils.sha1((slurp(here .. 'math.mjs') or '') ..
        (slurp(here .. 'package-lock.json') or ''))
    local cache = meta.cache .. '/math/'
    local wanted, keys = {}, {}

    local function key(m)
        local mode = m.mathtype == 'DisplayMath' and 'd' or 'i'
        local k = pandoc.utils.sha1(version .. mode .. m.text)
        return k, mode
    end
    doc:walk({ Math = function(m)
        local k, mode = key(m)
        if not keys[k] then
            keys[k] = m.text
            if not exists(cache .. k .. '.html') then
                wanted[#wanted + 1] = ('%s\t%s\t%s\n'):format(k, mode,
                    m.text:gsub('[^%w]', function(c)
                        return ('%%%02X'):format(c:byte())
                    end))
            end
        end
    end })
    if #wanted > 0 then
        local ok, said = pcall(pandoc.pipe, 'node', { here .. 'math.mjs',
            meta.npm, meta.cache .. '/math' }, table.concat(wanted))
        if not ok then
            fault_at(here .. 'math.mjs', 'could not set the formulas: %s',
                type(said) == 'table' and (said.output or '') or
                tostring(said))
            stop_if_faulty()
        end
        for line in said:gmatch('[^\n]+') do
            local k, why = line:match('^(%x+)\t(.*)$')
            if k then
                local tex = keys[k]
                fault({ tex, tex:match('^%s*([^\n]+)') or '' },
                      'formula %s: %s', (tex:gsub('%s+', ' ')), why)
            end
        end
    end
    return doc:walk({ Math = function(m)
        local set = slurp(cache .. key(m) .. '.html')
        if set then return pandoc.RawInline('html', set) end
    end })
end

-- ------------------------------------------------------- inline elements --

local function find_term(text)
    text = text:lower()
    return terms[text] or terms[text:gsub('s$', '')] or
        terms[text:gsub('es$', '')] or terms[text:gsub('ies$', 'y')]
end

local function glossary_term(span)
    local text = plain(span.content)
    local term = find_term(span.attributes.term or text)
    meet('[' .. text .. ']')
    if not term then
        fault({ '[' .. text .. ']', text, text:match('%S+') or '' },
              'the glossary (book/glossary.md) has no term "%s"',
              span.attributes.term or text)
        return nil
    end
    return pandoc.Link(span.content, href_of(term), term.extra,
                       { '', { 'gls' } })
end

-- What a number looks like to a machine: no thin spaces, a plain minus.
local function machine(text)
    return (text:gsub('\u{2212}', '-'):gsub('\u{2009}', '')
                :gsub('\\,', ''):gsub('{,}', ','):gsub('\\%%', '%%')
                :gsub('^%s+', ''):gsub('%s+$', ''):gsub('%s+', ' '))
end

local function checked_number(span)
    local text = stringify(span.content)
    local command = span.attributes.of
    local needle = text .. ']{.num'
    if span.content[1] and span.content[1].t == 'Math' then
        needle = text .. '$]{.num'
    end
    meet(needle)
    local needles = { needle, text }
    if not command then
        fault(needles, '[%s]{.num} needs of="the command that prints it"',
              text)
        return span.content
    end
    local said, status = commands.run(command)
    said = machine(said)
    if status ~= 0 then
        fault(needles, 'command "%s" ends with status %s: %s', command,
              tostring(status), said)
    elseif said == '' then
        fault(needles, 'command "%s" prints nothing; the text says %s',
              command, text)
    else
        local mine = machine(text)
        if not said:match(',') then
            mine = mine:gsub('(%d),(%d%d%d)', '%1%2')
                       :gsub('(%d),(%d%d%d)', '%1%2')
        end
        if span.attributes.format and tonumber(said) then
            said = span.attributes.format:format(tonumber(said))
        end
        if mine ~= said then
            fault(needles, 'the text says %s, but "%s" prints %s', text,
                  command, said)
        end
    end
    return span.content
end

local notes = 0

local function side_note(note)
    notes = notes + 1
    local content = pandoc.utils.blocks_to_inlines(note.content,
        { pandoc.LineBreak() })
    local out = pandoc.List({ inline_html(
        '<span class="note"><label for="note-%d" class="mark" ' ..
        'title="Side note %d"><sup>%d</sup></label><input type="checkbox" ' ..
        'id="note-%d" aria-label="Show side note %d"><span ' ..
        'class="sidenote" role="note"><sup aria-hidden="true">%d</sup> ',
        notes, notes, notes, notes, notes, notes) })
    out:extend(content)
    out:insert(inline_html('</span></span>'))
    return out
end

local function check_link(link)
    if link.target:match('^%a[%w+.-]*:') or link.target:match('^#') then
        return nil
    end
    meet('](' .. link.target)
    fault('](' .. link.target, 'link to %s: the built book does not hold ' ..
          'that file; use a label, or name the file in `code`', link.target)
end

-- ---------------------------------------------------------------- listings --

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
    for i, item in ipairs(items) do
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

local function entry_of(id, kind)
    return labels[id] or { kind = kind, id = id, number = '?',
                           page = meta.page, title = '' }
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
        a.region, meta.instructor ~= nil, tonumber(a.context or 0),
        a.highlight)
    if not ok then
        local said = items
        fault(needles, '%s', type(said) == 'table' and said.what or said)
        return {}
    end
    local href = root .. source_page(a.src)
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

local function console(code)
    local a = code.attributes
    local needles = command_needles(a.run)
    meet(needles[1])
    local said, status = commands.run(a.run)
    local expected = tonumber(a.status or 0)
    if status ~= expected then
        fault(needles, 'command "%s" ends with status %s: %s', a.run,
              tostring(status), (said:gsub('%s+$', ''):match('[^\n]*$')))
    elseif not said:match('%S') then
        fault(needles, 'command "%s" prints nothing', a.run)
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
        '%s</span>\n%s</code></pre>%s', escape(a.run),
        escape((said:gsub('%s+$', ''))), tail))
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

-- ---------------------------------------------------- figures and tables --

local function figure(image)
    local id = image.identifier
    local needles = { '#' .. id, '](' .. image.src }
    if id == '' then needles[1] = '' end
    for _, needle in ipairs(needles) do meet(needle) end
    if id == '' then
        fault(needles, 'figure %s needs a label, like {#fig:%s alt="..."}',
              image.src, (image.src:gsub('%.%w+$', '')))
        return {}
    end
    local alt = image.attributes.alt or ''
    if not alt:match('%S') then
        fault(needles, 'figure %s has no alt text: say in a sentence what ' ..
              'one sees, alt="..."', id)
    end
    if #image.caption == 0 then
        fault(needles, 'figure %s has no caption', id)
    end
    local path = ('build/figures/%s/%s'):format(stem, image.src)
    local svg = slurp(path)
    if not svg then
        fault(needles, 'no figure %s: is there a chapters/%s/%s?', image.src,
              stem, (image.src:gsub('%.svg$', '.gp')))
        return {}
    end
    local number = entry_of(id, 'fig').number
    local ok, drawing = pcall(figures.inline, svg, id:gsub(':', '-'),
        'Figure ' .. number, alt, here .. 'colours.tsv')
    if not ok then
        fault(needles, '%s: %s', path, type(drawing) == 'table' and
              drawing.what or tostring(drawing))
        return {}
    end
    return { html('<figure class="drawing" id="%s">\n<div class="scroll">' ..
                  '\n%s\n</div>\n<figcaption><span class="label">Figure ' ..
                  '%s</span> ', id, drawing, number),
             pandoc.Plain(image.caption),
             html('</figcaption>\n</figure>') }
end

local function table_block(t)
    local caption = caption_of(t):clone()
    local id = take_label(caption, 'tbl')
    t.caption = { long = {} }
    for i, spec in ipairs(t.colspecs) do t.colspecs[i] = { spec[1] } end
    local out = pandoc.List()
    out:insert(html('<figure class="table"%s>', id and ' id="' .. id .. '"'
        or ''))
    if id or #caption > 0 then
        out:insert(html('<figcaption>%s', id and
            ('<span class="label">Table %s</span> '):format(
                entry_of(id, 'tbl').number) or ''))
        out:insert(pandoc.Plain(caption))
        out:insert(html('</figcaption>'))
    end
    out:insert(html('<div class="scroll" tabindex="0" role="group" ' ..
        'aria-label="%s">', id and 'Table ' .. entry_of(id, 'tbl').number
        or 'Table'))
    out:insert(t)
    out:insert(html('</div>\n</figure>'))
    return out
end

local function equation(formula, id)
    meet('#' .. id)
    if not formula or formula.t ~= 'RawInline' or
        not formula.text:match('^<span class="m d"') then
        if not formula or formula.t ~= 'Math' then
            fault('#' .. id, 'label %s must follow a formula between $$', id)
        end
        return {}
    end
    local number = entry_of(id, 'eq').number
    return { html('<div class="equation" id="%s"><div class="scroll">%s' ..
        '</div><a class="number" href="#%s" aria-label="Equation %s">(%s)' ..
        '</a></div>', id, formula.text, id, number, number) }
end

-- -------------------------------------------------------------- blocks --

local function folded(summary, class, content)
    local out = pandoc.List({ html('<details class="%s">\n<summary>%s' ..
        '</summary>\n<div>', class, summary) })
    out:extend(content)
    out:insert(html('</div>\n</details>'))
    return out
end

local function div(d)
    local class = block_class(d)
    local id = d.identifier
    local name = d.classes[1] or ''
    if not class then
        meet(name)
        fault({ '::: {.' .. name, '::: ' .. name, name },
              'unknown block "%s"; there are exercise, hint, solution, ' ..
              'callout, predict, answer, question and instructor', name)
        return nil
    end
    local out = pandoc.List()
    if class == 'hint' then return folded('Hint', 'hint', d.content) end
    if class == 'solution' then
        return folded('Solution', 'solution', d.content)
    end
    if class == 'answer' then return folded('Answer', 'answer', d.content) end
    if class == 'instructor' then
        out:insert(html('<aside class="callout instructor">\n<p ' ..
                        'class="head">For instructors</p>'))
        out:extend(d.content)
        out:insert(html('</aside>'))
        return out
    end
    if class == 'contents' then return nil end
    if class == 'callout' then
        local title = d.attributes.title
        local kinds = d.classes:filter(function(c) return c ~= 'callout' end)
        out:insert(html('<aside class="callout %s"%s>%s', table.concat(kinds,
            ' '), id ~= '' and ' id="' .. id .. '"' or '', ''))
        if title then
            out:insert(html('<p class="head">'))
            out:insert(pandoc.Plain(inlines_of(title)))
            out:insert(html('</p>'))
        end
        out:extend(d.content)
        out:insert(html('</aside>'))
        return out
    end
    if class == 'predict' then
        out:insert(html('<section class="predict"%s>\n<p class="head">%s</p>',
            id ~= '' and ' id="' .. id .. '"' or '',
            escape(d.attributes.title or 'Predict before you run')))
        out:extend(d.content)
        out:insert(html('</section>'))
        return out
    end
    -- exercise, question
    local kind = class == 'exercise' and 'ex' or 'q'
    if id == '' then
        meet('.' .. class)
        fault({ '.' .. class, '::: ' .. class },
              'this %s needs a label, like {.%s #%s:name}', class, class, kind)
        return nil
    end
    local stars = ''
    if class == 'exercise' then
        local n = tonumber(d.attributes.difficulty or 1)
        if not (n == 1 or n == 2 or n == 3) then
            meet('#' .. id)
            fault('#' .. id, 'difficulty of %s must be 1, 2 or 3', id)
            n = 1
        end
        n = math.floor(n)
        stars = ('<span class="stars" role="img" aria-label="difficulty %d ' ..
            'of 3">%s%s</span>'):format(n, ('★'):rep(n), ('☆'):rep(3 - n))
    end
    out:insert(html('<section class="%s" id="%s" aria-label="%s %s">\n<p ' ..
        'class="head"><a href="#%s">%s %s</a>%s%s</p>', class, id,
        NOUN[kind], entry_of(id, kind).number, id, NOUN[kind],
        entry_of(id, kind).number, d.attributes.title and
        ' <span class="title">' .. escape(d.attributes.title) .. '</span>' or
        '', stars))
    out:extend(d.content)
    out:insert(html('</section>'))
    return out
end

-- ------------------------------------------------------------ whole pages --

-- Equation numbers typed by hand in the chapter's C files and mistakes.
local function check_typed_numbers()
    if not chapter then return end
    local known = {}
    for _, entry in pairs(labels) do
        if entry.kind == 'eq' then known[entry.number] = true end
    end
    local pipe = io.popen(('ls chapters/%s/*.h grader/%s.c ' ..
        'grader/%s.mistakes.md solutions/%s.c 2>/dev/null'):format(stem, stem,
        stem, stem))
    for path in pipe:lines() do
        local n, told = 0, {}
        for line in io.lines(path) do
            n = n + 1
            for number in (' ' .. line):gmatch('[%s("]%((%d+%.%d+)%)') do
                local of = tonumber(number:match('^%d+'))
                if of == chapter and not known[number] and
                    not told[number] then
                    told[number] = true
                    fault_at(path .. ':' .. n, 'there is no equation (%s) ' ..
                        'in the lesson', number)
                end
            end
        end
    end
    pipe:close()
end

local function contents(with_sections)
    local out = { '<ol class="contents">' }
    for _, page in ipairs(pages) do
        out[#out + 1] = ('<li%s><a href="%s">%s%s</a>'):format(
            page.number ~= '' and ' class="numbered"' or '', page.href,
            page.number ~= '' and '<span class="secno">' .. page.number ..
            '</span> ' or '', escape(page.title))
        if with_sections and #page.sections > 0 and page.number ~= '' then
            out[#out + 1] = '<ol>'
            for _, s in ipairs(page.sections) do
                if s.level == 2 then
                    out[#out + 1] = ('<li><a href="%s#%s">%s%s</a></li>')
                        :format(page.href, s.id, s.number ~= '' and
                            '<span class="secno">' .. s.number .. '</span> '
                            or '', escape(s.title))
                end
            end
            out[#out + 1] = '</ol>'
        end
        out[#out + 1] = '</li>'
    end
    out[#out + 1] = '</ol>'
    return html('%s', table.concat(out, '\n'))
end

local function meta_link(href, text)
    return pandoc.MetaMap({ href = pandoc.MetaString(href),
        title = pandoc.MetaInlines(pandoc.List({ pandoc.Str(text) })) })
end

local function fill_template(doc, title, number)
    local m = doc.meta
    m.root = pandoc.MetaString(root)
    m.pagetitle = pandoc.MetaString(title)
    if number and number ~= '' then m.number = pandoc.MetaString(number) end
    m.lesson = pandoc.MetaString(lesson)
    local toc, at = {}, nil
    for i, page in ipairs(pages) do
        local current = page.href == meta.page
        if current then at = i end
        local entry = meta_link(root .. page.href, page.title)
        if page.number ~= '' then
            entry.number = pandoc.MetaString(page.number)
        end
        if current then
            entry.current = pandoc.MetaBool(true)
            local sections = {}
            for _, s in ipairs(page.sections) do
                if s.level == 2 then
                    local item = meta_link('#' .. s.id, s.title)
                    if s.number ~= '' then
                        item.number = pandoc.MetaString(s.number)
                    end
                    sections[#sections + 1] = item
                end
            end
            if #sections > 0 and page.number ~= '' then
                entry.sections = pandoc.MetaList(sections)
            end
        end
        toc[#toc + 1] = entry
    end
    m.toc = pandoc.MetaList(toc)
    if at then
        local before, after = pages[at - 1], pages[at + 1]
        m.previous = before and meta_link(before.href, before.title) or
            meta_link('index.html', 'Contents')
        if after then m.next = meta_link(after.href, after.title) end
    elseif meta.page == 'index.html' then
        m.home = pandoc.MetaBool(true)
        if pages[1] then m.next = meta_link(pages[1].href, pages[1].title) end
    end
end

-- The glossary: in alphabetical order, each term with where it is used.
local function glossary(list)
    local items = {}
    for _, item in ipairs(list.content) do
        local name = plain(item[1])
        local where, told = pandoc.List(), {}
        for _, use in ipairs(uses) do
            local term = find_term(use.id)
            local key = use.page .. '#' .. use.extra
            if term and term.title == name and not told[key] and
                use.number ~= '' then
                told[key] = true
                where:insert(pandoc.Str(#where > 0 and ', ' or
                    'Used in '))
                where:insert(pandoc.Link(use.number, use.page .. '#' ..
                    use.extra, use.title))
            end
        end
        items[#items + 1] = { name = name, item = item, where = where }
    end
    table.sort(items, function(a, b)
        return a.name:lower() < b.name:lower()
    end)
    local out = pandoc.List({ html('<dl class="glossary">') })
    for _, i in ipairs(items) do
        out:insert(html('<dt id="gls:%s">', slug(i.name)))
        out:insert(pandoc.Plain(i.item[1]))
        out:insert(html('</dt><dd>'))
        for _, blocks in ipairs(i.item[2]) do out:extend(blocks) end
        if #i.where > 0 then
            out:insert(html('<p class="used">'))
            out:insert(pandoc.Plain(i.where))
            out:insert(html('</p>'))
        end
        out:insert(html('</dd>'))
    end
    out:insert(html('</dl>'))
    return out
end

local function render(doc)
    load_labels()
    if not meta.instructor then doc = drop_instructor(doc) end

    -- Numbers first: a checked number may hold a formula.
    doc = doc:walk({ Span = function(s)
        if s.classes:includes('num') then return checked_number(s) end
    end })
    -- Equations keep their formulas for one more step, to know their labels.
    doc = set_formulas(doc)
    doc = doc:walk({
        Link = check_link,
        RawInline = function(r)
            if r.format == 'html' and r.text:match('^<!%-%-') then return {} end
        end,
        RawBlock = function(r)
            if r.format == 'html' and r.text:match('^<!%-%-') then return {} end
        end,
    })
    doc = doc:walk({
        Cite = reference,
        Span = function(s)
            if s.classes:includes('gls') then return glossary_term(s) end
        end,
    })

    local number, title, title_number = numbering(), meta.page, ''
    local blocks = pandoc.List()
    for _, block in ipairs(doc.blocks) do
        if block.t == 'Header' and block.level == 1 and
            meta.page ~= 'index.html' then
            title = plain(block.content)
            title_number = chapter and number(1) or ''
            doc.meta.title = pandoc.MetaInlines(block.content)
            doc.meta.anchor = pandoc.MetaString(header_id(block))
        elseif block.t == 'Header' then
            if block.level == 1 then title = plain(block.content) end
            block.identifier = header_id(block)
            local n = chapter and not block.classes:includes('unnumbered')
                and number(block.level)
            local text = plain(block.content)
            if n then
                block.content:insert(1, inline_html(
                    '<span class="secno">%s</span> ', n))
            end
            block.content:insert(inline_html(
                ' <a class="anchor" href="#%s" aria-label="Link to %s">#</a>',
                block.identifier, escape(text)))
            blocks:insert(block)
        else
            blocks:insert(block)
        end
    end
    doc.blocks = blocks

    local function paragraph(p)
        local pieces = pieces_of(p)
        if pieces then
            local out = pandoc.List()
            for _, piece in ipairs(pieces) do
                if piece.id then
                    out:extend(equation(piece.formula, piece.id))
                else
                    out:insert(pandoc.Para(piece.text))
                end
            end
            return out
        end
        local image = p.t == 'Para' and lone_image(p)
        if image then return figure(image) end
    end
    doc = doc:walk({ Para = paragraph, Plain = paragraph,
        Table = table_block, CodeBlock = code_block })
    doc = doc:walk({ Note = side_note })
    doc = doc:walk({
        Str = function(s)
            local id = s.text:match('^{#(%a+:[^}]*)}')
            if id then
                meet('#' .. id)
                fault('#' .. id, 'label %s labels nothing: it must be the ' ..
                      'last word after a formula between $$, or of a ' ..
                      'caption', id)
            end
        end,
        Image = function(image)
            meet('](' .. image.src)
            fault('](' .. image.src, 'figure %s must be a paragraph of its ' ..
                  'own, with a caption', image.src)
        end,
        Div = div,
        DefinitionList = function(d)
            if stem == 'glossary' then return glossary(d) end
        end,
    })
    doc = doc:walk({ Div = function(d)
        if d.classes:includes('contents') then return contents(true) end
    end })

    check_typed_numbers()
    stop_if_faulty()
    fill_template(doc, title, title_number)
    return doc
end

-- A C file as a page.  A gap shows its sentence, as everywhere.
local function source(doc)
    load_labels()
    root = ('../'):rep(select(2, source_page(meta.src):gsub('/', '')))
    local ok, file = pcall(regions.read, meta.src, meta.instructor ~= nil)
    if not ok then
        io.stderr:write('book: ', type(file) == 'table' and file.what or file,
                        '\n')
        os.exit(1)
    end
    local links = {}
    for _, entry in ipairs(listings) do
        local path, first, last = entry.extra:match('^(.-):(%d+):(%d+)$')
        if path == meta.src then
            links[#links + 1] = ('<a href="%s%s#%s">Listing %s</a> (%s)')
                :format(root, entry.page, entry.id, entry.number,
                        lines_text(tonumber(first), tonumber(last)))
        end
    end
    doc.blocks = pandoc.List()
    if #links > 0 then
        doc.blocks:insert(html('<p class="shown">Shown in %s.</p>',
                               table.concat(links, ', ')))
    end
    local gaps = 0
    for _ in pairs(file.gaps) do gaps = gaps + 1 end
    if gaps > 0 and not meta.instructor then
        doc.blocks:insert(html('<p class="shown">What you are to write is ' ..
            'left out here: where the line numbers jump, a sentence says ' ..
            'what belongs there.</p>'))
    end
    doc.blocks:insert(html('<pre class="code" tabindex="0"><code>%s</code>' ..
        '</pre>', code_lines(file.lines, language_of(meta.src))))
    doc.meta.title = pandoc.MetaInlines(pandoc.List({
        pandoc.Code(meta.src) }))
    lesson = meta.src
    fill_template(doc, meta.src)
    doc.meta.source = pandoc.MetaBool(true)
    return doc
end

function Pandoc(doc)
    for k, v in pairs(doc.meta) do meta[k] = stringify(v) end
    if meta.instructor == '' or meta.instructor == 'false' then
        meta.instructor = nil
    end
    commands.cache = meta.cache or commands.cache
    stem = (meta.page or ''):gsub('%.html$', '')
    chapter = tonumber(stem:match('^(%d+)%-'))
    if chapter then chapter = math.floor(chapter) end
    return ({ index = index, render = render, source = source })[meta.pass](doc)
end
