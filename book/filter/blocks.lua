-- blocks.lua - figures, tables, equations, exercises, call-outs

local this = require('this')
local faults = require('faults')
local fault, meet = faults.fault, faults.meet
local output = require('output')
local set = require('setter')
local labels = require('labels')
local entry_of, NOUN = labels.entry_of, labels.NOUN
local listings = require('listings')
local inlines_of = listings.inlines_of
local regions = require('regions')
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
    if not output.exists(path) then
        fault(needles, 'no figure %s: is there a chapters/%s/%s?', image.src,
              this.stem, (image.src:gsub('%.svg$', '.gp')))
        return {}
    end
    local ok, drawing = pcall(set.drawing, { id = id,
        number = entry_of(id, 'fig').number, path = path, alt = alt,
        caption = image.caption })
    if not ok then
        fault(needles, '%s: %s', path, type(drawing) == 'table' and
              drawing.what or tostring(drawing))
        return {}
    end
    return drawing
end

local function table_block(t)
    local caption = caption_of(t):clone()
    local id = take_label(caption, 'tbl')
    t.caption = { long = {} }
    return set.table({ id = id, number = id and entry_of(id, 'tbl').number,
                       caption = caption, table = t })
end

local function equation(formula, id)
    meet('#' .. id)
    local display = formula and (formula.t == 'RawInline' and
        formula.text:match('^<span class="m d"') or
        formula.mathtype == 'DisplayMath')
    if not display then
        if not formula or formula.t ~= 'Math' then
            fault('#' .. id, 'label %s must follow a formula between $$', id)
        end
        return {}
    end
    return set.equation(formula, id, entry_of(id, 'eq').number)
end

-- The functions that nobody has asked for yet.
local unsolved
local function unsolved_functions()
    local path = 'solutions/' .. this.stem .. '.c'
    if not unsolved then
        unsolved = {}
        if this.chapter and output.exists(path) then
            local ok, said = pcall(regions.exercises, path)
            if ok then unsolved = said
            else faults.fault_at(said.what:match('^(.-:%d+): (.*)$')) end
        end
    end
    return unsolved, path
end

-- For instructors: what the functions look like that an exercise asks for,
-- at the first exercise that names them, in its text or as also="...".
local function solutions_of(d)
    local wanted, path = unsolved_functions()
    local out = pandoc.List()
    local asked = pandoc.Div(d.content:filter(function(block)
        return block.t ~= 'RawBlock'
    end))
    local function solve(name)
        local items = wanted[name]
        if items then
            wanted[name] = nil
            out:extend(set.listing({ id = '', src = path,
                first = items[1].n, items = items,
                where = listings.lines_text(items[1].n, items[#items].n),
                set = listings.highlight_items(items, 'c') }))
        end
    end
    for name in (d.attributes.also or ''):gmatch('%S+') do solve(name) end
    pandoc.walk_block(asked, { Code = function(c) solve(c.text) end })
    return this.meta.instructor and #out > 0 and
        set.folded('Solution', 'solution', out) or {}
end

local function check_exercises()
    local wanted, path = unsolved_functions()
    for name, items in pairs(wanted) do
        faults.fault_at(path .. ':' .. items[1].n, 'no exercise of the ' ..
            'lesson names %s', name)
    end
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
    if class == 'hint' then return set.folded('Hint', 'hint', d.content) end
    if class == 'solution' then
        return set.folded('Solution', 'solution', d.content)
    end
    if class == 'answer' then
        return set.folded('Answer', 'answer', d.content)
    end
    if class == 'instructor' then
        return set.callout({ 'instructor' }, '',
            pandoc.List({ pandoc.Str('For instructors') }), d.content)
    end
    if class == 'contents' or back[class] then return nil end
    if class == 'callout' then
        local kinds = d.classes:filter(function(c) return c ~= 'callout' end)
        local title = d.attributes.title
        return set.callout(kinds, id, title and inlines_of(title), d.content)
    end
    if class == 'predict' then
        return set.predict(id, d.attributes.title or
            'Predict before you run', d.content)
    end
    -- exercise, question
    local kind = class == 'exercise' and 'ex' or 'q'
    if id == '' then
        meet('.' .. class)
        fault({ '.' .. class, '::: ' .. class },
              'this %s needs a label, like {.%s #%s:name}', class, class, kind)
        return nil
    end
    local n
    if class == 'exercise' then
        n = tonumber(d.attributes.difficulty or 1)
        if not (n == 1 or n == 2 or n == 3) then
            meet('#' .. id)
            fault('#' .. id, 'difficulty of %s must be 1, 2 or 3', id)
            n = 1
        end
        n = math.floor(n)
    end
    return set.task({ class = class, noun = NOUN[kind], id = id,
        number = entry_of(id, kind).number, title = d.attributes.title,
        difficulty = n, content = d.content .. solutions_of(d) })
end

return {
    figure = figure,
    table_block = table_block,
    equation = equation,
    div = div,
    check_exercises = check_exercises,
}
