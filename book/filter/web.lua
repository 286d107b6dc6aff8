-- web.lua - how each form looks on a page of the site
--
-- paper.lua has the same functions, for LaTeX.  Each takes what was
-- recognised and checked, and gives blocks (note and term: inlines).

local output = require('output')
local escape, html = output.escape, output.html
local inline_html = output.inline_html
local figures = require('figures')
local this = require('this')

local M = {}

-- What is numbered is a link to itself.
local function label(noun, number, id)
    return ('<a class="label" href="#%s">%s %s</a> '):format(id, noun, number)
end

local function id_of(id) return id ~= '' and ' id="' .. id .. '"' or '' end

-- The frame of the page shows the title.
function M.title() return {} end

-- A corner of a table that heads nothing is no heading.
function M.finish(doc)
    return doc:walk({ Table = function(t)
        return html('%s', (pandoc.write(pandoc.Pandoc({ t }), 'html')
            :gsub('<th([^>]*)></th>', '<td%1></td>')))
    end })
end

function M.heading(block, id, number)
    block.identifier = id
    if number then
        block.content:insert(1, inline_html(
            '<a class="secno" href="#%s">%s</a> ', id, number))
    else -- for the mouse only: a heading should sound like itself
        block.content:insert(inline_html(' <a class="anchor" href="#%s" ' ..
            'tabindex="-1" aria-hidden="true">#</a>', id))
    end
    return { block }
end

-- f: id, number, path (of the SVG), alt, caption
function M.drawing(f)
    local drawing = figures.inline(output.slurp(f.path), f.id:gsub(':', '-'),
        'Figure ' .. f.number, f.alt, this.here .. 'colours.tsv')
    local knobs = f.path:gsub('build/figures/', 'touch/')
                        :gsub('svg$', 'js')
    local touch = this.meta.touch and output.exists(
        (f.path:gsub('build/figures', 'chapters'):gsub('svg$', 'json')))
    return { html('<figure class="drawing" id="%s"%s>\n<div class=' ..
                  '"scroll">\n%s\n</div>\n<figcaption>%s', f.id,
                  touch and ' data-touch="' .. knobs .. '"' or '', drawing,
                  label('Figure', f.number, f.id)),
             pandoc.Plain(f.caption),
             html('</figcaption>\n</figure>') }
end

-- t: id or nil, number, caption, table
function M.table(t)
    for i, spec in ipairs(t.table.colspecs) do
        t.table.colspecs[i] = { spec[1] }
    end
    local out = pandoc.List({ html('<figure class="table"%s>',
                                   id_of(t.id or '')) })
    if t.id or #t.caption > 0 then
        out:insert(html('<figcaption>%s',
                        t.id and label('Table', t.number, t.id) or ''))
        out:insert(pandoc.Plain(t.caption))
        out:insert(html('</figcaption>'))
    end
    out:insert(html('<div class="scroll" tabindex="0" role="group" ' ..
        'aria-label="Table%s">', t.id and ' ' .. t.number or ''))
    out:insert(t.table)
    out:insert(html('</div>\n</figure>'))
    return out
end

function M.equation(formula, id, number)
    return { html('<div class="equation" id="%s"><div class="scroll">%s' ..
        '</div><a class="number" href="#%s" aria-label="Equation %s">(%s)' ..
        '</a></div>', id, formula.text, id, number, number) }
end

-- The items of a listing as lines, each with its number; without href, the
-- lines are those of the source page itself, and shown[n], if there is one,
-- is what the book says of line n.
function M.lines(items, set, href, shown)
    local out = {}
    for i, item in ipairs(items) do
        local said = shown and shown[item.n] or ''
        local class = 'l' .. (item.dim and ' dim' or '') ..
            (item.tint and ' tint' or '') .. (said ~= '' and ' told' or '')
        out[i] = ('<span class="%s"%s>%s<a class="n" href="%s#L%d" ' ..
            'data-n="%d" tabindex="-1" aria-hidden="true"></a>%s\n</span>')
            :format(class, href and '' or (' id="L%d"'):format(item.n), said,
                    href or '', item.n, item.n, set[i] or '')
    end
    return table.concat(out)
end

-- l: id, number, caption or nil, src, first, where, inside or nil, items,
-- set (the highlighted lines)
function M.listing(l)
    local href = this.root .. output.source_page(l.src)
    local out = pandoc.List({ html('<figure class="listing"%s>\n' ..
        '<figcaption>%s', id_of(l.id),
        l.id ~= '' and label('Listing', l.number, l.id) or '') })
    if l.caption then out:insert(pandoc.Plain(l.caption)) end
    out:insert(html('<span class="where"><a href="%s#L%d">%s</a>, %s%s' ..
        '</span></figcaption>\n<pre class="code" tabindex="0"><code>%s' ..
        '</code></pre>\n</figure>', href, l.first, l.src, l.where,
        l.inside and ', ' .. l.inside:gsub(' (.*)$', ' <code>%1</code>') or
        '', M.lines(l.items, l.set, href)))
    return out
end

-- c: id, number, caption, command, text
function M.console(c)
    local out = pandoc.List()
    if c.id ~= '' then
        out:insert(html('<figure class="listing"%s>\n<figcaption>%s',
                        id_of(c.id), label('Listing', c.number, c.id)))
        out:insert(pandoc.Plain(c.caption))
        out:insert(html('</figcaption>'))
    end
    out:insert(html('<pre class="console" tabindex="0"><code><span ' ..
        'class="command"><span class="prompt" aria-hidden="true">$ </span>' ..
        '%s</span>\n%s</code></pre>%s', escape(c.command), escape(c.text),
        c.id ~= '' and '\n</figure>' or ''))
    return out
end

function M.output(text)
    return { html('<pre class="console" tabindex="0"><code>%s</code></pre>',
                  escape(text)) }
end

function M.code(set, kind)
    return { html('<pre class="code %s" tabindex="0"><code>%s</code></pre>',
                  kind, table.concat(set, '\n')) }
end

function M.folded(summary, kind, content)
    local out = pandoc.List({ html('<details class="%s">\n<summary>%s' ..
        '</summary>\n<div>', kind, summary) })
    out:extend(content)
    out:insert(html('</div>\n</details>'))
    return out
end

function M.callout(kinds, id, title, content)
    local out = pandoc.List({ html('<div class="callout %s" role="note"%s>',
        table.concat(kinds, ' '), id_of(id)) })
    if title then
        out:insert(html('<p class="head">'))
        out:insert(pandoc.Plain(title))
        out:insert(html('</p>'))
    end
    out:extend(content)
    out:insert(html('</div>'))
    return out
end

function M.predict(id, title, content)
    local out = pandoc.List({ html('<section class="predict"%s>\n<p ' ..
        'class="head">%s</p>', id_of(id), escape(title)) })
    out:extend(content)
    out:insert(html('</section>'))
    return out
end

-- t: class, noun, id, number, title or nil, difficulty or nil, content
function M.task(t)
    local stars = t.difficulty and ('<span class="stars" role="img" ' ..
        'aria-label="difficulty %d of 3">%s%s</span>'):format(t.difficulty,
        ('★'):rep(t.difficulty), ('☆'):rep(3 - t.difficulty)) or ''
    local out = pandoc.List({ html('<section class="%s" id="%s" ' ..
        'aria-label="%s %s">\n<p class="head"><a href="#%s">%s %s</a>%s%s' ..
        '</p>', t.class, t.id, t.noun, t.number, t.id, t.noun, t.number,
        t.title and ' <span class="title">' .. escape(t.title) .. '</span>'
        or '', stars) })
    out:extend(t.content)
    out:insert(html('</section>'))
    return out
end

function M.note(number, content)
    local out = pandoc.List({ inline_html(
        '<span class="note"><label for="note-%d" class="mark" ' ..
        'title="Side note %d"><sup>%d</sup></label><input type="checkbox" ' ..
        'id="note-%d" aria-label="Show side note %d"><span ' ..
        'class="sidenote" role="note"><sup aria-hidden="true">%d</sup> ',
        number, number, number, number, number, number) })
    out:extend(content)
    out:insert(inline_html('</span></span>'))
    return out
end

function M.term(content, entry, href)
    return pandoc.Link(content, href, entry.extra, { '', { 'gls' } })
end

-- items: id, term (inlines), meaning (blocks), where (inlines)
function M.glossary(items)
    local out = pandoc.List({ html('<dl class="glossary">') })
    for _, i in ipairs(items) do
        out:insert(html('<dt id="%s">', i.id))
        out:insert(pandoc.Plain(i.term))
        out:insert(html('</dt><dd>'))
        out:extend(i.meaning)
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

-- groups: letter, lines (inlines)
function M.subjects(groups)
    local out = pandoc.List()
    for _, group in ipairs(groups) do
        out:insert(html('<h2 id="index-%s">%s</h2>\n<ul class="subjects">',
                        group.letter:lower(), group.letter))
        for _, line in ipairs(group.lines) do
            out:insert(html('<li>'))
            out:insert(pandoc.Plain(line))
            out:insert(html('</li>'))
        end
        out:insert(html('</ul>'))
    end
    return out
end

function M.contents(pages, with_sections)
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
                        :format(page.href, s.id, '<span class="secno">' ..
                            s.number .. '</span> ', escape(s.title))
                end
            end
            out[#out + 1] = '</ol>'
        end
        out[#out + 1] = '</li>'
    end
    out[#out + 1] = '</ol>'
    return { html('%s', table.concat(out, '\n')) }
end

return M
