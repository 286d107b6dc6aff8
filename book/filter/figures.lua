-- figures.lua - puts a drawing of gnuplot's into the page
--
-- Its colours become the page's variables (with the drawn colour as the
-- fall-back, so that the figure also stands alone), its ids become unique,
-- its font the page's, and it gets a title and a description.

local M = {}

local names                             -- 'r,g,b' of the light column -> name

local function load_colours(path)
    names = {}
    for line in io.lines(path) do
        local name, r, g, b =
            line:match('^(%w+)\t#(%x%x)(%x%x)(%x%x)\t')
        if name then
            local rgb = ('%d,%d,%d'):format(tonumber(r, 16), tonumber(g, 16),
                                            tonumber(b, 16))
            names[rgb] = names[rgb] or name
        end
    end
    names['0,0,0'] = 'ink'
end

local function colour(value)
    local rgb
    local r, g, b = value:gsub('%s', ''):match('^rgb%((%d+),(%d+),(%d+)%)')
    if r then
        rgb = ('%d,%d,%d'):format(r, g, b)
    elseif value:match('^%s*#%x%x%x%x%x%x%s*$') then
        r, g, b = value:match('#(%x%x)(%x%x)(%x%x)')
        rgb = ('%d,%d,%d'):format(tonumber(r, 16), tonumber(g, 16),
                                  tonumber(b, 16))
    elseif value:match('^%s*black%s*$') then
        rgb = '0,0,0'
    elseif value:match('^%s*gr[ae]y%s*$') then
        return 'var(--muted,gray)'
    else
        return nil
    end
    local name = names[rgb]
    return name and ('var(--%s,rgb(%s))'):format(name, rgb) or
        'rgb(' .. rgb .. ')'
end

local function escape(text)
    return (text:gsub('[&<>"]', { ['&'] = '&amp;', ['<'] = '&lt;',
                                  ['>'] = '&gt;', ['"'] = '&quot;' }))
end

function M.inline(svg, id, title, description, colours)
    if not names then load_colours(colours) end
    svg = svg:gsub('<%?xml.-%?>', ''):gsub('<!DOCTYPE.->', '')
             :gsub('<!%-%-.-%-%->', '')
    local head, body = svg:match('<svg(.-)>(.*)</svg>')
    if not head then error({ what = 'not an SVG drawing' }, 0) end
    local box = head:match('viewBox%s*=%s*"([^"]*)"')
    if not box then error({ what = 'an SVG without a viewBox' }, 0) end
    local width = box:match('^%S+%s+%S+%s+(%S+)')

    body = body:gsub('<title>.-</title>', ''):gsub('<desc>.-</desc>', '')
               :gsub('<filter.-</filter>', '')
               :gsub('%s*font%-family="[^"]*"', '')
               :gsub("%s*font%-family='[^']*'", '')
               :gsub('<tspan%s*>', '<tspan>')
    -- ids, and what points to them
    local function unique(name) return id .. '-' .. name end
    body = body:gsub("(%sid%s*=%s*)(['\"])(.-)%2", function(_, _, name)
                   return ' id="' .. unique(name) .. '"'
               end)
               :gsub("xlink:href%s*=%s*(['\"])#(.-)%1", function(_, name)
                   return 'href="#' .. unique(name) .. '"'
               end)
               :gsub('url%(#(.-)%)', function(name)
                   return 'url(#' .. unique(name) .. ')'
               end)
    -- colours, in all of gnuplot's spellings
    for _, attribute in ipairs({ 'stroke', 'fill', 'color' }) do
        body = body:gsub('(%s)' .. attribute .. "%s*=%s*(['\"])(.-)%2",
            function(space, _, value)
                return ('%s%s="%s"'):format(space, attribute,
                                            colour(value) or value)
            end)
    end
    -- a presentation attribute may not hold var(): they become styles
    body = body:gsub('<(%a+)(%s[^<>]-)(/?)>', function(tag, rest, slash)
        local style = {}
        rest = rest:gsub('%s(%a+)="(var%(.-%))"', function(name, value)
            style[#style + 1] = name .. ':' .. value
            return ''
        end)
        rest = rest:gsub("%sstyle%s*=%s*(['\"])(.-)%1", function(_, value)
            style[#style + 1] = value
            return ''
        end)
        if #style > 0 then
            rest = rest .. ' style="' .. table.concat(style, ';') .. '"'
        end
        return '<' .. tag .. rest .. slash .. '>'
    end)
    -- gnuplot writes many groups with nothing in them, and long decimals
    local n
    repeat
        body, n = body:gsub('<g[^<>]*>%s*</g>', '')
    until n == 0
    for _, attribute in ipairs({ 'd', 'points' }) do
        body = body:gsub('(%s' .. attribute .. "=)(['\"])(.-)%2",
            function(name, _, value)
                value = value:gsub('(%d+%.%d)%d+', '%1')
                return name .. '"' .. value:gsub('%s+$', '') .. '"'
            end)
    end
    body = body:gsub('%s*\n%s*', '\n')

    return ('<svg class="fig" role="img" viewBox="%s" ' ..
            'style="max-width:%spx" aria-labelledby="%s-title %s-desc">\n<title id="%s-title">%s' ..
            '</title>\n<desc id="%s-desc">%s</desc>%s</svg>')
        :format(box, width, id, id, id, escape(title), id,
                escape(description), body)
end

return M
