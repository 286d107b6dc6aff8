-- words.lua - what stands inside a sentence: terms, numbers, notes, links

local faults = require('faults')
local fault, meet = faults.fault, faults.meet
local output = require('output')
local set = require('setter')
local this = require('this')
local commands = require('commands')
local labels = require('labels')
local find_term, href_of = labels.find_term, labels.href_of
local forms = require('forms')
local plain, command_of = forms.plain, forms.command_of
local stringify = pandoc.utils.stringify

local function glossary_term(span)
    local text = plain(span.content)
    local term = find_term(span.attributes.term or text)
    meet('[' .. text .. ']')
    if not term then
        fault({ '[' .. text .. ']', text, text:match('%S+') or '' },
              'the glossary (book/glossary.md) has no term "%s"',
              span.attributes.term or text)
        return nil
    end
    return set.term(span.content, term, href_of(term))
end

-- For instructors: [name]{.mistake}, as the chapter's catalogue has it.
local function named_mistake(span)
    local name = plain(span.content)
    local catalogue = 'grader/' .. this.stem .. '.mistakes.md'
    local known = ('\n' .. (output.slurp(catalogue) or '')):find('\n## ' ..
        name:gsub('%-', '%%-') .. ' *\n')
    meet('[' .. name .. ']')
    if not known then
        fault({ '[' .. name .. ']', name }, '%s has no mistake "%s"',
              catalogue, name)
    end
    return pandoc.Link(pandoc.Code(name), this.root .. 'mistakes.html#' ..
                       this.stem .. '-' .. name)
end

-- What a number looks like to a machine: no thin spaces, a plain minus.
local function machine(text)
    return (text:gsub('\u{2212}', '-'):gsub('\u{2009}', '')
                :gsub('\\,', ''):gsub('{,}', ','):gsub('\\%%', '%%')
                :gsub('^%s+', ''):gsub('%s+$', ''):gsub('%s+', ' '))
end

local function checked_number(span)
    local text = stringify(span.content)
    local command = span.attributes.of and command_of(span.attributes.of)
    local needle = text .. ']{.num'
    if span.content[1] and span.content[1].t == 'Math' then
        needle = text .. '$]{.num'
    end
    meet(needle)
    local needles = { needle, text }
    if not command then
        fault(needles, '[%s]{.num} needs of="the command that prints it"',
              text)
        return span.content
    end
    local said, status = commands.run(command)
    said = machine(said)
    if status ~= 0 then
        fault(needles, 'command "%s" ends with status %s: %s', command,
              tostring(status), said)
    elseif said == '' then
        fault(needles, 'command "%s" prints nothing; the text says %s',
              command, text)
    else
        local mine = machine(text)
        if not said:match(',') then
            mine = mine:gsub('(%d),(%d%d%d)', '%1%2')
                       :gsub('(%d),(%d%d%d)', '%1%2')
        end
        if span.attributes.format and tonumber(said) then
            said = span.attributes.format:format(tonumber(said))
        end
        if mine ~= said then
            fault(needles, 'the text says %s, but "%s" prints %s', text,
                  command, said)
        end
    end
    return span.content
end

local notes = 0

local function side_note(note)
    notes = notes + 1
    local content = pandoc.utils.blocks_to_inlines(note.content,
        { pandoc.LineBreak() })
    return set.note(notes, content)
end

local function check_link(link)
    if link.target:match('^%a[%w+.-]*:') or link.target:match('^#') then
        return nil
    end
    meet('](' .. link.target)
    fault('](' .. link.target, 'link to %s: the built book does not hold ' ..
          'that file; use a label, or name the file in `code`', link.target)
end

return {
    glossary_term = glossary_term,
    named_mistake = named_mistake,
    checked_number = checked_number,
    side_note = side_note,
    check_link = check_link,
}
