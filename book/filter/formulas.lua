-- formulas.lua - has the formulas of a page set, all in one go

local this = require('this')
local faults = require('faults')
local fault = faults.fault
local output = require('output')
local slurp, exists = output.slurp, output.exists

-- A line may break on either side of a set formula, also before the comma
-- that follows it.  A short formula is kept together with its punctuation.
local function keep_together(inlines)
    local out = pandoc.List()
    local i = 1
    while i <= #inlines do
        local formula, after = inlines[i], inlines[i + 1]
        local before = out[#out]
        local width = formula.t == 'Math' and
            formula.mathtype == 'InlineMath' and #formula.text:gsub('\\%a+', 'x'):gsub('[{}%s_^]', '')
        if not width or width > 16 then
            out:insert(formula)
            i = i + 1
        else
            local open = before and before.t == 'Str' and
                before.text:match('[(%[]$') or ''
            local close = after and after.t == 'Str' and
                (after.text:match('^[.,;:!?)%]]+') or
                 after.text:match('^\u{2019}%a?') or
                 after.text:match('^\u{201d}[.,;:!?)]*') or
                 after.text:match('^%-%a+')) or ''
            if open .. close == '' then
                out:insert(formula)
            else
                if open ~= '' then
                    before.text = before.text:sub(1, -#open - 1)
                end
                out:insert(pandoc.RawInline('html', '<span class="g">'))
                if open ~= '' then out:insert(pandoc.Str(open)) end
                out:insert(formula)
                if close ~= '' then out:insert(pandoc.Str(close)) end
                out:insert(pandoc.RawInline('html', '</span>'))
                if close ~= '' then
                    after.text = after.text:sub(#close + 1)
                    if after.text == '' then i = i + 1 end
                end
            end
            i = i + 1
        end
    end
    return out
end

local function set_formulas(doc)
    local version = pandoc.utils.sha1((slurp(this.here .. 'math.mjs') or '') ..
        (slurp(this.here .. 'short.mjs') or '') ..
        (slurp(this.here .. 'package-lock.json') or ''))
    local cache = this.meta.cache .. '/math/'
    local wanted, keys = {}, {}

    local function key(m)
        local mode = m.mathtype == 'DisplayMath' and 'd' or 'i'
        local k = pandoc.utils.sha1(version .. mode .. m.text)
        return k, mode
    end
    doc:walk({ Math = function(m)
        local k, mode = key(m)
        if not keys[k] then
            keys[k] = m.text
            if not exists(cache .. k .. '.html') then
                wanted[#wanted + 1] = ('%s\t%s\t%s\n'):format(k, mode,
                    m.text:gsub('[^%w]', function(c)
                        return ('%%%02X'):format(c:byte())
                    end))
            end
        end
    end })
    if #wanted > 0 then
        local ok, said = pcall(pandoc.pipe, 'node', { this.here .. 'math.mjs',
            this.meta.npm, this.meta.cache .. '/math' }, table.concat(wanted))
        if not ok then
            faults.fault_at(this.here .. 'math.mjs',
                'could not set the formulas: %s',
                type(said) == 'table' and (said.output or '') or
                tostring(said))
            faults.stop()
        end
        for line in said:gmatch('[^\n]+') do
            local k, why = line:match('^(%x+)\t(.*)$')
            if k then
                local tex = keys[k]
                fault({ tex, tex:match('^%s*([^\n]+)') or '' },
                      'formula %s: %s', (tex:gsub('%s+', ' '):gsub('^ ', '')
                          :gsub(' $', '')), why)
            end
        end
    end
    -- Heights and shifts repeat a hundred times on a page: each is a class,
    -- whose name is the same on every page.
    local class_of, rules = {}, {}
    local function style_class(style)
        local name = class_of[style]
        if not name then
            name = 'z' .. pandoc.utils.sha1(style):sub(1, 6)
            class_of[style] = name
            rules[#rules + 1] = ('.%s{%s!important}'):format(name,
                (style:gsub(';$', ''):gsub(';', '!important;')))
        end
        return name
    end
    local function without_styles(html)
        return (html:gsub('<i([^>]*) style="([^"]*)"', function(before, style)
            local name = style_class(style)
            local joined, count = before:gsub('class="([^"]*)"',
                'class="%1 ' .. name .. '"')
            return '<i' .. (count > 0 and joined or
                            before .. ' class="' .. name .. '"')
        end):gsub('<i class="(%w+)"', '<i class=%1'))
    end
    doc = doc:walk({ Inlines = keep_together }):walk({ Math = function(m)
        local set = slurp(cache .. key(m) .. '.html')
        if set then return pandoc.RawInline('html', without_styles(set)) end
    end })
    table.sort(rules)
    if #rules > 0 then
        doc.meta.mathstyle = pandoc.MetaBlocks({
            pandoc.RawBlock('html', table.concat(rules, '\n')) })
    end
    return doc
end

return {
    set = set_formulas,
}
