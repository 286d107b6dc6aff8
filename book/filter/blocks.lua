-- blocks.lua - figures, tables, equations, exercises, call-outs

local this = require('this')
local faults = require('faults')
local fault, meet = faults.fault, faults.meet
local output = require('output')
local escape, html = output.escape, output.html
local slurp = output.slurp
local figures = require('figures')
local labels = require('labels')
local entry_of, NOUN = labels.entry_of, labels.NOUN
local inlines_of = require('listings').inlines_of
local forms = require('forms')
local take_label, caption_of, block_class =
    forms.take_label, forms.caption_of, forms.block_class

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
    local path = ('build/figures/%s/%s'):format(this.stem, image.src)
    local svg = slurp(path)
    if not svg then
        fault(needles, 'no figure %s: is there a chapters/%s/%s?', image.src,
              this.stem, (image.src:gsub('%.svg$', '.gp')))
        return {}
    end
    local number = entry_of(id, 'fig').number
    local ok, drawing = pcall(figures.inline, svg, id:gsub(':', '-'),
        'Figure ' .. number, alt, this.here .. 'colours.tsv')
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

local function folded(summary, class, content)
    local out = pandoc.List({ html('<details class="%s">\n<summary>%s' ..
        '</summary>\n<div>', class, summary) })
    out:extend(content)
    out:insert(html('</div>\n</details>'))
    return out
end

-- What is collected from other pages; set later, when all is known.
local back = require('back')

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
        out:insert(html('<div class="callout instructor" role="note">\n<p ' ..
                        'class="head">For instructors</p>'))
        out:extend(d.content)
        out:insert(html('</div>'))
        return out
    end
    if class == 'contents' or back[class] then return nil end
    if class == 'callout' then
        local title = d.attributes.title
        local kinds = d.classes:filter(function(c) return c ~= 'callout' end)
        out:insert(html('<div class="callout %s" role="note"%s>',
            table.concat(kinds, ' '), id ~= '' and ' id="' .. id .. '"' or ''))
        if title then
            out:insert(html('<p class="head">'))
            out:insert(pandoc.Plain(inlines_of(title)))
            out:insert(html('</p>'))
        end
        out:extend(d.content)
        out:insert(html('</div>'))
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

return {
    figure = figure,
    table_block = table_block,
    equation = equation,
    div = div,
}
