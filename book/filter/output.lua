-- output.lua - text to HTML and to LaTeX, files to text

local function escape(text)
    return (text:gsub('[&<>"]', { ['&'] = '&amp;', ['<'] = '&lt;',
                                  ['>'] = '&gt;', ['"'] = '&quot;' }))
end

local function html(...) return pandoc.RawBlock('html', string.format(...)) end

local function inline_html(...)
    return pandoc.RawInline('html', string.format(...))
end

-- The page of a C file.
local function source_page(path) return 'source/' .. path .. '.html' end

local function exists(path)
    local file = io.open(path, 'rb')
    if file then file:close() end
    return file ~= nil
end

local function slurp(path)
    local file = io.open(path, 'rb')
    if not file then return nil end
    local text = file:read('a')
    file:close()
    return text
end

local function write_file(path, text)
    local file = assert(io.open(path, 'wb'))
    file:write(text)
    file:close()
end

return {
    escape = escape,
    html = html,
    inline_html = inline_html,
    source_page = source_page,
    exists = exists,
    slurp = slurp,
    write = write_file,
}
