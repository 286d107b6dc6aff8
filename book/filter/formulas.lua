-- formulas.lua - has the formulas of a page set, all in one go

local this = require('this')
local faults = require('faults')
local fault = faults.fault
local output = require('output')
local slurp, exists = output.slurp, output.exists

-- --------------------------------------------------------------- formulas --

local function set_formulas(doc)
    local version = pandoc.utils.sha1((slurp(this.here .. 'math.mjs') or '') ..
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
            faults.fault_at(this.here .. 'math.mjs', 'could not set the formulas: %s',
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
    return doc:walk({ Math = function(m)
        local set = slurp(cache .. key(m) .. '.html')
        if set then return pandoc.RawInline('html', set) end
    end })
end

return {
    set = set_formulas,
}
