-- index.lua - the first pass: the labels of a page, and what it is made from

local this = require('this')
local faults = require('faults')
local fault, meet = faults.fault, faults.meet
local output = require('output')
local regions = require('regions')
local forms = require('forms')
local plain, command_of = forms.plain, forms.command_of

-- What a reader may search for in a block: its words, without formulas and
-- listings.
local function words_of(block)
    local function nothing() return {} end
    local clean = pandoc.walk_block(pandoc.Div({ block }), {
        CodeBlock = nothing, RawBlock = nothing, RawInline = nothing,
        Math = nothing,
        Str = function(s) if s.text:match('^{#') then return {} end end,
    })
    return (pandoc.write(pandoc.Pandoc(clean.content), 'plain',
        pandoc.WriterOptions({ wrap_text = 'wrap-none' })):gsub('%s+', ' '))
end

local function index(doc)
    local rows, counts, defined = {}, {}, {}
    local found = {} -- for the search: a section each, with its words
    local sources, programs, drawings, making = {}, {}, {}, false
    local section

    local function add(kind, id, number, title, extra)
        local row = { kind, id, number or '', this.meta.page, title or '',
                      extra or '' }
        for i, field in ipairs(row) do
            row[i] = tostring(field):gsub('[\t\n]', ' ')
        end
        rows[#rows + 1] = table.concat(row, '\t')
    end

    local function define(kind, id, title, extra)
        counts[kind] = (counts[kind] or 0) + 1
        meet('#' .. id)
        if forms.kind_of(id) ~= kind then
            fault('#' .. id, 'label %s must begin with %s:', id, kind)
        elseif defined[id] then
            fault('#' .. id, 'label %s is defined twice', id)
        end
        defined[id] = true
        local prefix = this.chapter and this.chapter .. '.' or ''
        add(kind, id, prefix .. counts[kind], title, extra)
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
            if output.exists(word) and not word:match('^build/') then
                note(programs, '$(wildcard ' .. word .. ')')
            end
        end
        making = making or command:match('^make ')
    end

    local collect = {
        Para = function(p)
            for _, piece in ipairs(forms.pieces_of(p) or {}) do
                if piece.id then
                    define('eq', piece.id, piece.formula and piece.formula.text)
                end
            end
            local image = forms.lone_image(p)
            if image then
                if image.identifier ~= '' then
                    define('fig', image.identifier, plain(image.caption))
                end
                note(drawings, image.src)
            end
        end,
        Table = function(t)
            local caption = forms.caption_of(t):clone()
            local id = forms.take_label(caption, 'tbl')
            if id then define('tbl', id, plain(caption)) end
        end,
        CodeBlock = function(c)
            local a = c.attributes
            if a.src then note(sources, a.src) end
            if a.run then note_command(command_of(a.run)) end
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
            local class = forms.block_class(d)
            if class == 'exercise' and d.identifier ~= '' then
                define('ex', d.identifier)
            elseif class == 'question' and d.identifier ~= '' then
                define('q', d.identifier)
            end
        end,
        Span = function(s)
            if s.classes:includes('num') and s.attributes.of then
                note_command(command_of(s.attributes.of))
            elseif s.classes:includes('gls') and section then
                add('use', s.attributes.term or plain(s.content),
                    section.number, section.title, section.id)
            end
        end,
        DefinitionList = function(d)
            if this.stem ~= 'glossary' then return end
            for _, item in ipairs(d.content) do
                local name = plain(item[1])
                local id = 'gls:' .. forms.slug(name)
                found[#found + 1] = { id = id, title = name,
                    words = words_of(pandoc.Div(item[2][1])) }
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
                for _, piece in ipairs(forms.pieces_of(p) or {}) do
                    if piece.id then no_label({ identifier = piece.id }) end
                end
            end })
    end })

    local number, titled = forms.numbering(), false
    for _, block in ipairs(forms.drop_instructor(doc).blocks) do
        if block.t == 'Header' then
            local id, title = forms.header_id(block), plain(block.content)
            local n = not block.classes:includes('unnumbered') and this.chapter
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
            found[#found + 1] = { id = id, words = '',
                title = n ~= '' and n .. ' ' .. title or title }
        elseif block.t == 'BulletList' and section and
            section.title == 'Further reading' then
            for _, item in ipairs(block.content) do
                local work = pandoc.write(pandoc.Pandoc(item), 'markdown',
                    pandoc.WriterOptions({ wrap_text = 'wrap-none' }))
                add('work', section.id, '', work:gsub('%s+', ' '))
            end
        end
        pandoc.walk_block(pandoc.Div({ block }), collect)
        if block.t ~= 'Header' and this.stem ~= 'glossary' and
            #found > 0 then
            found[#found].words = found[#found].words .. words_of(block)
        end
    end
    if not titled then
        faults.fault_at(this.lesson, 'no title: the page needs a line like  ' ..
                 '# Linear regression {#sec:linreg}')
    end
    faults.stop()

    output.write(this.meta.out, table.concat(rows, '\n') .. '\n')
    local lines = {}
    for _, f in ipairs(found) do
        lines[#lines + 1] = ('%s#%s\t%s\t%s\n'):format(this.meta.page, f.id,
            f.title, f.words)
    end
    output.write(this.meta.found, table.concat(lines))

    -- What the page is made from, for make.
    local deps = { ('$(book-out)/%s.html $(paper-out)/%s.tex: \\\n')
        :format(this.stem, this.stem) }
    local function depend(format, ...)
        deps[#deps + 1] = '    ' .. format:format(...) .. ' \\\n'
    end
    if this.chapter then
        depend('$(wildcard chapters/%s/*.h solutions/%s.c grader/%s.c ' ..
               'grader/%s.mistakes.md)', this.stem, this.stem, this.stem,
               this.stem)
    end
    for _, path in ipairs(sources) do depend('$(wildcard %s)', path) end
    for _, path in ipairs(programs) do depend('%s', path) end
    for _, src in ipairs(drawings) do
        local name = this.stem .. '/' .. src:gsub('%.svg$', '')
        depend('$(if $(wildcard chapters/%s.gp bench/figures/%s.gp),' ..
               'build/figures/%s.svg)', name, name, name)
    end
    if #programs > 0 or making then depend('$(wildcard datasets/*)') end
    if making then
        depend('Makefile $(wildcard chapters/*/*.[ch] solutions/*.c ' ..
               'grader/*)')
    end
    deps[#deps + 1] = '\n'
    if this.chapter then note(sources, 'solutions/' .. this.stem .. '.c') end
    for _, path in ipairs(sources) do
        deps[#deps + 1] = ('book-sources += $(wildcard %s)\n'):format(path)
    end
    output.write(this.meta.deps, table.concat(deps))
    return pandoc.Pandoc({})
end

return {
    index = index,
}
