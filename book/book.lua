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

package.path = (PANDOC_SCRIPT_FILE:match('^(.*/)') or './') ..
    'filter/?.lua;' .. package.path

local this = require('this')
local faults = require('faults')
local fault, meet = faults.fault, faults.meet
local output = require('output')
local html = output.html
local set = require('setter')
local forms = require('forms')
local plain = forms.plain
local labels = require('labels')
local words = require('words')
local blocks = require('blocks')
local listings = require('listings')
local pages = require('pages')
local back = require('back')
local regions = require('regions')
local stringify = pandoc.utils.stringify

local function render(doc)
    labels.load()
    if not this.meta.instructor then doc = forms.drop_instructor(doc) end

    -- Numbers first: a checked number may hold a formula.
    doc = doc:walk({ Span = function(s)
        if s.classes:includes('num') then return words.checked_number(s) end
    end })
    -- Equations keep their formulas for one more step, to know their labels.
    if not FORMAT:match('latex') then
        doc = require('formulas').set(doc)
    end
    doc = doc:walk({
        Link = words.check_link,
        RawInline = function(r)
            if r.format == 'html' and r.text:match('^<!%-%-') then return {} end
        end,
        RawBlock = function(r)
            if r.format == 'html' and r.text:match('^<!%-%-') then return {} end
        end,
    })
    doc = doc:walk({
        Cite = labels.reference,
        Span = function(s)
            if s.classes:includes('gls') then return words.glossary_term(s) end
            if s.classes:includes('mistake') then
                return words.named_mistake(s)
            end
        end,
    })

    local number, title, title_number = forms.numbering(), this.meta.page, ''
    local body = pandoc.List()
    for _, block in ipairs(doc.blocks) do
        if block.t == 'Header' and block.level == 1 and
            this.meta.page ~= 'index.html' then
            title = plain(block.content)
            title_number = this.chapter and number(1) or ''
            doc.meta.title = pandoc.MetaInlines(block.content)
            doc.meta.anchor = pandoc.MetaString(forms.header_id(block))
            body:extend(set.title(block, forms.header_id(block)))
        elseif block.t == 'Header' then
            if block.level == 1 then title = plain(block.content) end
            local n = this.chapter and not block.classes:includes('unnumbered')
                and number(block.level)
            body:extend(set.heading(block, forms.header_id(block),
                                    n or nil))
        else
            body:insert(block)
        end
    end
    doc.blocks = body

    local function paragraph(p)
        local pieces = forms.pieces_of(p)
        if pieces then
            local out = pandoc.List()
            for _, piece in ipairs(pieces) do
                if piece.id then
                    out:extend(blocks.equation(piece.formula, piece.id))
                else
                    out:insert(pandoc.Para(piece.text))
                end
            end
            return out
        end
        local image = p.t == 'Para' and forms.lone_image(p)
        if image then return blocks.figure(image) end
    end
    doc = doc:walk({ Para = paragraph, Plain = paragraph,
        Table = blocks.table_block,
        CodeBlock = listings.code_block })
    doc = doc:walk({ Note = words.side_note })
    doc = doc:walk({
        Str = function(s)
            local id = s.text:match('^{#(%a+:[^}]*)}')
            local stray = s.text:match('%]{[.#].*$') or
                s.text:match('^:::+.*$')
            if stray then
                meet(s.text)
                fault({ s.text, stray }, '%s stands in the text as it is: ' ..
                      'a bracket, brace or quote is missing (in a table, ' ..
                      'write \\| for |)', s.text)
            elseif id then
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
        Div = blocks.div,
        OrderedList = function(list)
            local year = tostring(list.start)
            if list.start < 1000 then return nil end
            meet(year .. '.')
            fault(year .. '.', 'a line that begins with %s. is read as ' ..
                  'the beginning of a list: break it elsewhere', year)
        end,
        DefinitionList = function(d)
            if this.stem == 'glossary' then return pages.glossary(d) end
        end,
    })
    doc = doc:walk({ Div = function(d)
        local collected = d.classes[1] and back[d.classes[1]]
        if d.classes:includes('contents') then return pages.contents(true) end
        if collected and #d.content == 0 then return collected() end
    end })

    pages.check_typed_numbers()
    blocks.check_exercises()
    faults.stop()
    pages.fill_template(doc, title, title_number)
    return set.finish(doc)
end

-- A C file as a page.  A gap shows its sentence, as everywhere.
local function source(doc)
    labels.load()
    local path = this.meta.src
    local _, depth = output.source_page(path):gsub('/', '')
    this.root = ('../'):rep(depth)
    local ok, file = pcall(regions.read, path, this.meta.instructor ~= nil)
    if not ok then
        io.stderr:write('book: ', type(file) == 'table' and file.what or file,
                        '\n')
        os.exit(1)
    end
    local links, told = {}, {}
    for _, entry in ipairs(labels.listings) do
        local shown, first, last = entry.extra:match('^(.-):(%d+):(%d+)$')
        if shown == path then
            local where = ('<a href="%s%s#%s">Listing %s</a>'):format(
                this.root, entry.page, entry.id, entry.number)
            links[#links + 1] = ('%s (%s)'):format(where,
                listings.lines_text(tonumber(first), tonumber(last)))
            first = tonumber(first)
            told[first] = (told[first] or '') .. where:gsub('<a ',
                '<a class="back" ')
        end
    end
    doc.blocks = pandoc.List()
    if #links > 0 then
        doc.blocks:insert(html('<p class="shown">Shown in %s.</p>',
                               table.concat(links, ', ')))
    end
    local gaps = 0
    for _ in pairs(file.gaps) do gaps = gaps + 1 end
    if gaps > 0 and not this.meta.instructor then
        doc.blocks:insert(html('<p class="shown">What you are to write is ' ..
            'left out here: where the line numbers jump, a sentence says ' ..
            'what belongs there.</p>'))
    end
    doc.blocks:insert(html('<pre class="code" tabindex="0"><code>%s</code>' ..
        '</pre>', set.lines(file.lines, listings.highlight_items(file.lines,
        listings.language_of(path)), nil, told)))
    doc.meta.title = pandoc.MetaInlines(pandoc.List({
        pandoc.Code(path) }))
    this.lesson = path
    pages.fill_template(doc, path)
    doc.meta.source = pandoc.MetaBool(true)
    return doc
end

function Pandoc(doc)
    for k, v in pairs(doc.meta) do this.meta[k] = stringify(v) end
    if this.meta.instructor == '' or this.meta.instructor == 'false' then
        this.meta.instructor = nil
    end
    local commands = require('commands')
    commands.cache = this.meta.cache or commands.cache
    this.stem = (this.meta.page or ''):gsub('%.html$', '')
    this.chapter = math.tointeger(tonumber(this.stem:match('^(%d+)%-')))
    local passes = { index = require('index').index, render = render,
        source = source }
    return passes[this.meta.pass](doc)
end
