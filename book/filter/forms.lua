-- forms.lua - what an author types, recognised

local this = require('this')
local stringify = pandoc.utils.stringify

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

-- In a table the bar of a pipe is written \|.
local function command_of(text)
    return (text:gsub('\\|', '|'))
end

local function command_needles(command)
    local part = command:match('^[^"\\|]+') or command
    return { command, part, part:match('%S+') or '' }
end

local BLOCKS = { exercise = true, hint = true, solution = true,
    callout = true, predict = true, answer = true, question = true,
    instructor = true, contents = true, bibliography = true,
    subjects = true, mistakes = true }

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
        local parts = { this.chapter }
        for i = 2, level do parts[#parts + 1] = n[i] end
        return table.concat(parts, '.')
    end
end

local function header_id(header)
    return header.identifier ~= '' and header.identifier or
        slug(plain(header.content))
end

-- The function that a line of a header declares.
local function declared(line)
    return line:match('^[%l][%w_ ]*[ *]([%w_]+)%(')
end

local function drop_instructor(doc)
    return doc:walk({ Div = function(div)
        if div.classes:includes('instructor') then return {} end
    end })
end

return {
    kind_of = kind_of,
    plain = plain,
    slug = slug,
    take_label = take_label,
    pieces_of = pieces_of,
    lone_image = lone_image,
    caption_of = caption_of,
    command_of = command_of,
    command_needles = command_needles,
    block_class = block_class,
    numbering = numbering,
    header_id = header_id,
    declared = declared,
    drop_instructor = drop_instructor,
}
