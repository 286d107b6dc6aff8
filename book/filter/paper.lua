-- paper.lua - how each form looks in print: LaTeX, for book/paper.tex
--
-- web.lua has the same functions.  Numbers are LaTeX's own: book/numbers
-- compares them with those of the site.

local forms = require('forms')
local labels = require('labels')
local output = require('output')
local this = require('this')

local M = {}

local function raw(...) return pandoc.RawBlock('latex', string.format(...)) end
local function inline(...)
    return pandoc.RawInline('latex', string.format(...))
end

local SPECIAL = { ['\\'] = '\\textbackslash{}', ['{'] = '\\{',
    ['}'] = '\\}', ['#'] = '\\#', ['$'] = '\\$', ['%'] = '\\%',
    ['&'] = '\\&', ['_'] = '\\_', ['~'] = '\\textasciitilde{}',
    ['^'] = '\\textasciicircum{}' }

local function escape(text) return (text:gsub('[\\{}#$%%&_~^]', SPECIAL)) end

-- A label of the whole book: what is unlabelled carries its page's name.
local function anchor(stem, id)
    return id:find(':') and id or stem .. ':' .. id
end

-- Where a link of the site leads to in print; nil for what is not printed.
local function target_of(href)
    if href:match('^%a[%w+.-]*://') then return nil, true end
    local stem, id = href:match('^([^#/]*)%.html#(.+)$')
    if id then return anchor(stem, id) end
    if href:match('^#') then return anchor(this.stem, href:sub(2)) end
    for _, page in ipairs(labels.pages) do
        if page.href == href then
            return anchor(href:gsub('%.html$', ''), page.id)
        end
    end
end

local function link(l)
    local id, elsewhere = target_of(l.target)
    if elsewhere then return nil end
    if not id then return l.content end
    local out = pandoc.List({ inline('\\hyperref[%s]{', id) })
    out:extend(l.content)
    out:insert(inline('}'))
    return out
end

local function words(inlines)
    local text = pandoc.walk_block(pandoc.Plain(inlines), { Link = link })
    return (pandoc.write(pandoc.Pandoc({ text }), 'latex'):gsub('%s+$', ''))
end

function M.finish(doc) return doc:walk({ Link = link }) end

function M.title(block, id)
    return { raw('\\chapter{%s}\\label{%s}', words(block.content),
                 anchor(this.stem, id)) }
end

local LEVEL = { [2] = 'section', [3] = 'subsection', [4] = 'subsubsection' }

function M.heading(block, id, number)
    if block.level == 1 then return {} end
    return { raw('\\%s%s{%s}\\label{%s}', number and '' or 'plain',
        LEVEL[block.level], words(block.content), anchor(this.stem, id)) }
end

function M.drawing(f)
    return { raw('\\drawing{%s}{%s}{%s}', f.id,
        f.path:gsub('svg$', 'pdf'), words(f.caption)) }
end

-- Wide cells are set in columns that share what room there is.
function M.table(t)
    local simple = pandoc.utils.to_simple_table(t.table)
    local rows, longest = {}, {}
    local function cells(row)
        local out = {}
        for c, blocks in ipairs(row) do
            longest[c] = math.max(longest[c] or 0,
                                  #pandoc.utils.stringify(blocks))
            out[c] = words(pandoc.utils.blocks_to_inlines(blocks))
        end
        return table.concat(out, ' & ') .. ' \\\\'
    end
    local head = cells(simple.headers)
    for r, row in ipairs(simple.rows) do rows[r] = cells(row) end
    local total, spec = 0, {}
    for _, n in ipairs(longest) do total = total + n + 3 end
    local wide = total > 76
    for c, n in ipairs(longest) do
        local right = simple.aligns[c] == pandoc.AlignRight
        spec[c] = wide and n > 24 and 'L' or right and 'r' or 'l'
    end
    local room = total > 100 and '\\dimexpr\\linewidth+\\beside' or
        '\\linewidth'
    local caption = #t.caption > 0 and words(t.caption) or ''
    if head:match('^[ &]*\\\\$') then head = '' end
    return { raw('\\begin{tablehere}{%s}{%s}\n%s\n\\toprule\n%s%s\n' ..
        '\\bottomrule\n%s\n\\end{tablehere}', t.id or '', caption, wide and
        '\\begin{tabularx}{' .. room .. '}{@{}' .. table.concat(spec) .. '@{}}' or
        '\\begin{tabular}{@{}' .. table.concat(spec) .. '@{}}',
        head ~= '' and head .. ' \\midrule\n' or '', table.concat(rows, '\n'),
        wide and '\\end{tabularx}' or '\\end{tabular}') }
end

function M.equation(formula, id)
    return { raw('\\begin{equation}\\label{%s}%s\\end{equation}', id,
                 (formula.text:gsub('^%s+', ''):gsub('%s+$', ''))) }
end

local ENTITY = { lt = '<', gt = '>', amp = '&', quot = '"' }

-- Spaces that are as wide as letters.
local function code_text(text)
    text = text:gsub('&#(%d+);', function(n) return utf8.char(tonumber(n)) end)
               :gsub('&(%a+);', ENTITY)
    return (escape(text):gsub(' ', '\\ '))
end

-- A line that was highlighted for the site, in LaTeX.
local function coloured(line)
    local out, at = {}, 1
    for before, class, text, after in
        line:gmatch('()<span class="(%a+)">(.-)</span>()') do
        out[#out + 1] = code_text(line:sub(at, before - 1))
        out[#out + 1] = ('\\tok%s{%s}'):format(class, code_text(text))
        at = after
    end
    out[#out + 1] = code_text(line:sub(at))
    return table.concat(out)
end

local function code_line(number, kind, text)
    return ('\\codeline{%s}{%s}{%s}'):format(number, kind, text)
end

function M.listing(l)
    local lines = {}
    for i, item in ipairs(l.items) do
        lines[i] = code_line(item.n, item.tint and 'tint' or
            item.dim and 'dim' or '', coloured(l.set[i] or ''))
        local name = l.src:match('%.h$') and forms.declared(item.text)
        if name then
            lines[i] = ('\\index{%s@\\texttt{%s}}'):format(name,
                escape(name)) .. lines[i]
        end
    end
    local inside = l.inside and ', ' .. escape(l.inside):gsub(' (.*)$',
        ' \\texttt{%1}') or ''
    return { raw('\\begin{listing}{%s}{%s}{\\texttt{%s}, %s%s}\n%s\n' ..
        '\\end{listing}', l.id, l.caption and words(l.caption) or '',
        escape(l.src), l.where, inside, table.concat(lines, '\n')) }
end

local function text_lines(text)
    local out = {}
    for line in (text .. '\n'):gmatch('(.-)\n') do
        out[#out + 1] = code_line('', '', code_text((line:gsub('&', '&amp;'))))
    end
    return table.concat(out, '\n')
end

function M.console(c)
    return { raw('\\begin{console}{%s}{%s}\n\\commandline{%s}\n%s\n' ..
        '\\end{console}', c.id, c.id ~= '' and words(c.caption) or '',
        code_text((c.command:gsub('&', '&amp;'))), text_lines(c.text)) }
end

function M.output(text)
    return { raw('\\begin{console}{}{}\n%s\n\\end{console}',
                 text_lines(text)) }
end

function M.code(set)
    local lines = {}
    for i, line in ipairs(set) do
        for part in (line .. '\n'):gmatch('(.-)\n') do
            lines[#lines + 1] = code_line('', '', coloured(part))
        end
    end
    return { raw('\\begin{code}\n%s\n\\end{code}', table.concat(lines, '\n')) }
end

local function within(content, ...)
    local out = pandoc.List({ raw(...) })
    out:extend(content)
    out:insert(raw('\\end{%s}', (...):match('{(%a+)}')))
    return out
end

function M.folded(summary, _, content)
    return within(content, '\\begin{folded}{%s}', summary)
end

function M.callout(kinds, id, title, content)
    return within(content, '\\begin{callout}{%s}{%s}{%s}',
        kinds[1] or '', id, title and words(title) or '')
end

function M.predict(id, title, content)
    return within(content, '\\begin{predict}{%s}{%s}', id, escape(title))
end

function M.task(t)
    local stars = t.difficulty and ('\\full '):rep(t.difficulty) ..
        ('\\hollow '):rep(3 - t.difficulty) or ''
    return within(t.content, '\\begin{task}{%s}{%s}{%s}{%s}', t.class, t.id,
                  t.title and escape(t.title) or '', stars)
end

function M.note(number, content)
    local out = pandoc.List({ inline('\\sidenote{%d}{', number) })
    out:extend(content)
    out:insert(inline('}'))
    return out
end

-- What the glossary says of each term, as it stands there.
local meanings
local function meaning_of(id)
    if not meanings then
        meanings = {}
        local text = output.slurp(this.here .. 'glossary.md') or ''
        pandoc.read(text, 'markdown+tex_math_dollars'):walk({
            DefinitionList = function(list)
                for _, item in ipairs(list.content) do
                    meanings['gls:' .. forms.slug(forms.plain(item[1]))] =
                        pandoc.utils.blocks_to_inlines(item[2][1])
                end
            end })
    end
    return meanings[id]
end

-- The first use of a term in the book has its meaning in the margin.
local told = {}
local function first_use(entry)
    if told[entry.id] then return false end
    told[entry.id] = true
    for _, use in ipairs(labels.uses) do
        if labels.find_term(use.id) == entry then
            return use.page == this.meta.page
        end
    end
end

function M.term(content, entry)
    local out = pandoc.List({ inline('\\term{%s}{', entry.id) })
    out:extend(content)
    local meaning = first_use(entry) and meaning_of(entry.id)
    out:insert(inline('}\\index{%s}%s', escape(entry.title), meaning and
        ('\\gloss{%s}{%s}'):format(escape(entry.title), words(meaning)) or
        ''))
    return out
end

function M.glossary(items)
    local out = pandoc.List({ raw('\\begin{terms}') })
    for _, i in ipairs(items) do
        out:insert(raw('\\entry{%s}{%s}', i.id, words(i.term)))
        out:extend(i.meaning)
        if #i.where > 0 then
            out:insert(raw('\\used{%s}', words(i.where)))
        end
    end
    out:insert(raw('\\end{terms}'))
    return out
end

-- In print an index gives pages, and LaTeX collects it.
function M.subjects() return { raw('\\printindex') } end

function M.contents() return {} end

return M
