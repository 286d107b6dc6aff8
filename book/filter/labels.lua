-- labels.lua - the labels of all pages, and references to them

local this = require('this')
local faults = require('faults')
local fault, meet = faults.fault, faults.meet
local forms = require('forms')
local kind_of = forms.kind_of

local labels, terms, uses, pages, listings = {}, {}, {}, {}, {}
local works = {} -- what is named under further reading, as Markdown

local function load_labels()
    for path in (this.meta.labels or ''):gmatch('%S+') do
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
            if kind == 'work' then
                works[#works + 1] = { text = title, page = page }
            elseif kind == 'use' then
                uses[#uses + 1] = entry
            elseif kind == 'term' then
                terms[title:lower()] = entry
            else
                local other = labels[id]
                if other and kind_of(id) and (other.page == this.meta.page or
                                              where == this.meta.page) then
                    local elsewhere = other.page == this.meta.page and entry or
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
    if entry.kind == 'title' then return this.root .. entry.page end
    if entry.page == this.meta.page then return '#' .. entry.id end
    return this.root .. entry.page .. '#' .. entry.id
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

local function find_term(text)
    text = text:lower()
    return terms[text] or terms[text:gsub('s$', '')] or
        terms[text:gsub('es$', '')] or terms[text:gsub('ies$', 'y')]
end

local function entry_of(id, kind)
    return labels[id] or { kind = kind, id = id, number = '?',
                           page = this.meta.page, title = '' }
end

return {
    load = load_labels,
    all = labels,
    uses = uses,
    pages = pages,
    listings = listings,
    works = works,
    NOUN = NOUN,
    href_of = href_of,
    reference = reference,
    find_term = find_term,
    entry_of = entry_of,
}
