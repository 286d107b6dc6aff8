-- back.lua - pages that are collected from all others: bibliography, index,
-- and the instructor's catalogue of mistakes

local this = require('this')
local faults = require('faults')
local fault_at = faults.fault_at
local output = require('output')
local set = require('setter')
local labels = require('labels')
local pages, uses, listings = labels.pages, labels.uses, labels.listings
local forms = require('forms')
local plain, slug = forms.plain, forms.slug
local stringify = pandoc.utils.stringify

local FORMAT = 'markdown+tex_math_dollars-auto_identifiers+smart'

-- The letter that a word is filed under; ε and É too have their place.
local function filed(word)
    return (word:lower():gsub('^[^%w]+', ''))
end

-- A. B. Surname, Title  ->  surname
local function surname(text)
    local author = text:match('^(.-),') or text
    author = author:gsub(' and .*', '')
    return filed(author:match('(%S+)$') or author)
end

-- Every work that a chapter names under "Further reading", once.
local function bibliography()
    local works, known, read = {}, {}, {}
    for _, named in ipairs(labels.works) do
        local page = named.page
        local item = pandoc.read(named.text, FORMAT).blocks
        local words = stringify(item)
        local title = (words:match('“(.-)”') or words:match(', (.-)[,.]') or
            words):lower()
        local key = surname(words) .. ' ' .. title:gsub('%W', '')
        if not known[key] then
            known[key] = { item = item, by = surname(words), words = words,
                           where = pandoc.List() }
            works[#works + 1] = known[key]
        end
        local where = known[key].where
        where:insert(pandoc.Str(#where > 0 and ', ' or ' '))
        where:insert(pandoc.Link(page.number ~= '' and
            'Chapter ' .. page.number or page.title, this.root .. page.href))
        read[page.href] = true
    end
    for _, page in ipairs(pages) do
        if page.number ~= '' and not read[page.href] then
            fault_at('chapters/' .. page.href:gsub('%.html$', '') ..
                '/lesson.md', 'has no section "Further reading"')
        end
    end
    table.sort(works, function(a, b)
        if a.by ~= b.by then return a.by < b.by end
        return a.words < b.words
    end)
    local items = pandoc.List()
    for _, work in ipairs(works) do
        local last = work.item[#work.item]
        last.content:extend(work.where)
        items:insert(work.item)
    end
    return pandoc.Div({ pandoc.BulletList(items) },
                      { '', { 'bibliography' } })
end

-- Where a header's contract of a function is listed.
local function functions()
    local out = {}
    for _, entry in ipairs(listings) do
        local path, first, last = entry.extra:match('^(.-):(%d+):(%d+)$')
        if path and path:match('%.h$') then
            local n = 0
            for line in io.lines(path) do
                n = n + 1
                local name = forms.declared(line)
                if name and n >= tonumber(first) and n <= tonumber(last) then
                    out[#out + 1] = { name = name, entry = entry }
                end
            end
        end
    end
    return out
end

-- All terms and all functions, with the places that speak of them.
local function subjects()
    local entries, known = {}, {}
    local function entry_for(name, code)
        if not known[name] then
            known[name] = { name = name, code = code, told = {},
                            where = pandoc.List() }
            entries[#entries + 1] = known[name]
        end
        return known[name]
    end
    local function refer(entry, text, href)
        if entry.told[href] then return end
        entry.told[href] = true
        entry.where:insert(pandoc.Str(', '))
        entry.where:insert(pandoc.Link(text, this.root .. href))
    end
    for _, use in ipairs(uses) do
        local term = labels.find_term(use.id)
        if term then
            refer(entry_for(term.title),
                  use.number ~= '' and use.number or use.title,
                  use.page .. '#' .. use.extra)
        end
    end
    for _, f in ipairs(functions()) do
        refer(entry_for(f.name, true), 'listing ' .. f.entry.number,
              f.entry.page .. '#' .. f.entry.id)
    end
    table.sort(entries, function(a, b)
        local x, y = filed(a.name), filed(b.name)
        if x ~= y then return x < y end
        return a.name < b.name
    end)
    local groups = {}
    for _, entry in ipairs(entries) do
        local first = filed(entry.name):sub(1, 1):upper()
        if not groups[1] or groups[#groups].letter ~= first then
            groups[#groups + 1] = { letter = first, lines = {} }
        end
        local line = pandoc.List({ entry.code and pandoc.Code(entry.name) or
            pandoc.Link(entry.name, this.root .. 'glossary.html#gls:' ..
                        slug(entry.name)) })
        line:extend(entry.where)
        table.insert(groups[#groups].lines, line)
    end
    return set.subjects(groups)
end

-- Every mistake of the catalogue, chapter by chapter.
local function mistakes()
    local out = pandoc.List()
    for _, page in ipairs(pages) do
        local stem = page.href:gsub('%.html$', '')
        local text = output.slurp('grader/' .. stem .. '.mistakes.md')
        if text then
            out:insert(pandoc.Header(2, page.number .. ' ' .. page.title,
                                     { 'mistakes-' .. stem }))
            for _, block in ipairs(pandoc.read(text, FORMAT).blocks) do
                if block.t == 'Header' and block.level == 2 then
                    local name = plain(block.content)
                    out:insert(pandoc.Header(3, pandoc.Code(name),
                        { stem .. '-' .. slug(name) }))
                elseif block.t == 'CodeBlock' then
                    out:extend(set.code({ output.escape(block.text) },
                                        'diff'))
                elseif block.t ~= 'Header' then
                    out:insert(block)
                end
            end
        end
    end
    return out
end

return {
    bibliography = bibliography,
    subjects = subjects,
    mistakes = mistakes,
}
