-- this.lua - the page being made, as every part of the filter knows it
return {
    meta = {},      -- pandoc's metadata, as strings
    lesson = PANDOC_STATE.input_files[1] or '-',
    stem = '',      -- 01-linear-regression, glossary
    chapter = nil,  -- the number, or nil
    root = '',      -- from this page to the site's root
    here = PANDOC_SCRIPT_FILE:match('^(.*/)') or './',
}
