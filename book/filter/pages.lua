-- pages.lua - what belongs to a page as a whole: its frame, the contents list,
-- the glossary, and the numbers that other files quote

local this = require('this')
local faults = require('faults')
local fault, fault_at, meet = faults.fault, faults.fault_at, faults.meet
local set = require('setter')
local labels = require('labels')
local pages, uses, find_term = labels.pages, labels.uses, labels.find_term
local forms = require('forms')
local plain, slug = forms.plain, forms.slug

-- Equation numbers typed by hand in the chapter's C files and mistakes.
local function check_typed_numbers()
    if not this.chapter then return end
    local known = {}
    for _, entry in pairs(labels.all) do
        if entry.kind == 'eq' then known[entry.number] = true end
    end
    local names = ('chapters/STEM/*.h grader/STEM.c ' ..
        'grader/STEM.mistakes.md grader/STEM.hints.md solutions/STEM.c'):gsub('STEM', this.stem)
    local pipe = io.popen('ls ' .. names .. ' 2>/dev/null')
    for path in pipe:lines() do
        local n, told = 0, {}
        for line in io.lines(path) do
            n = n + 1
            for number in (' ' .. line):gmatch('[%s("]%((%d+%.%d+)%)') do
                local of = tonumber(number:match('^%d+'))
                if of == this.chapter and not known[number] and
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
    return set.contents(pages, with_sections)
end

local function meta_link(href, text)
    return pandoc.MetaMap({ href = pandoc.MetaString(href),
        title = pandoc.MetaInlines(pandoc.List({ pandoc.Str(text) })) })
end

local function fill_template(doc, title, number)
    local m = doc.meta
    m.root = pandoc.MetaString(this.root)
    m.pagetitle = pandoc.MetaString(title)
    if number and number ~= '' then m.number = pandoc.MetaString(number) end
    m.lesson = pandoc.MetaString(this.lesson)
    m.page = pandoc.MetaString(this.meta.page)
    local toc, at = {}, nil
    for i, page in ipairs(pages) do
        local current = page.href == this.meta.page
        if current then at = i end
        local entry = meta_link(this.root .. page.href, page.title)
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
    elseif this.meta.page == 'index.html' then
        m.home = pandoc.MetaBool(true)
        if pages[1] then m.next = meta_link(pages[1].href, pages[1].title) end
    end
end

-- The glossary: in alphabetical order, each term with where it is used.
local function glossary(list)
    local items, used = {}, {}
    for _, use in ipairs(uses) do
        local term = find_term(use.id)
        if term then
            used[term.title] = used[term.title] or pandoc.List()
            used[term.title]:insert(use)
        end
    end
    for _, item in ipairs(list.content) do
        local name = plain(item[1])
        local where, told = pandoc.List(), {}
        if not used[name] then
            meet(name)
            fault(name, 'term %s is used by no lesson: [%s]{.gls}, or leave ' ..
                  'it out', name, name)
        end
        for _, use in ipairs(used[name] or {}) do
            local key = use.page .. '#' .. use.extra
            if not told[key] then
                told[key] = true
                where:insert(pandoc.Str(#where > 0 and ', ' or
                    'Used in '))
                where:insert(pandoc.Link(use.number ~= '' and use.number or
                    use.title, key, use.title))
            end
        end
        local meaning = pandoc.List()
        for _, blocks in ipairs(item[2]) do meaning:extend(blocks) end
        items[#items + 1] = { name = name, id = 'gls:' .. slug(name),
            term = item[1], meaning = meaning, where = where }
    end
    table.sort(items, function(a, b)
        return a.name:lower() < b.name:lower()
    end)
    return set.glossary(items)
end

return {
    check_typed_numbers = check_typed_numbers,
    contents = contents,
    fill_template = fill_template,
    glossary = glossary,
}
