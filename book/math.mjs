// math.mjs - sets the formulas of one page: KaTeX for the eye, MathML for
// assistive technology.
//
//   node math.mjs MODULES CACHE < formulas
//
// One formula per line: its key, "d" (display) or "i" (inline), and its TeX,
// percent-encoded.  Each goes to CACHE/key.html; a formula that is wrong
// prints its key and the reason instead.
import { createRequire } from 'node:module';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { names, shortened } from './short.mjs';

const [modules, cache] = process.argv.slice(2);
const require = createRequire(resolve(modules) + '/');
const katex = require('katex');
const temml = require('temml');
const short = names(readFileSync(
    require.resolve('katex/dist/katex.min.css'), 'utf8'));

const attribute = text => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;')
    .replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\s+/g, ' ').trim();

// What a reader would stumble over in the libraries' own messages.
const plain = message => message.replace(/^KaTeX parse error: /, '')
    .replace(/^LaTeX-incompatible input and strict mode is set to 'error': /, '')
    .replace(/[\u0332\u0331]/g, '').replace(/\s+/g, ' ').trim();

for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
    const [key, mode, encoded] = line.split('\t');
    const tex = decodeURIComponent(encoded);
    const displayMode = mode === 'd';
    try {
        const seen = shortened(katex.renderToString(tex, { displayMode,
            throwOnError: true, strict: 'error', output: 'html', macros: {} }),
            short);
        const heard = temml.renderToString(tex, { displayMode,
            throwOnError: true, xml: true, macros: {} })
            .replace(' xmlns="http://www.w3.org/1998/Math/MathML"', '')
            .replace('<math', `<math alttext="${attribute(tex)}"`);
        const name = `${cache}/${key}.html`;
        writeFileSync(`${name}.${process.pid}`,
            `<span class="m${displayMode ? ' d' : ''}">` +
            `<span class="mml">${heard}</span>${seen}</span>`);
        renameSync(`${name}.${process.pid}`, name);
    } catch (error) {
        console.log(`${key}\t${plain(error.message)}`);
    }
}
