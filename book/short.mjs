// short.mjs - KaTeX's names, shortened: its formulas are most of a page
//
//   node book/short.mjs katex.min.css > katex.css
//
// A formula has a dozen elements with a dozen letters of class names each.
// Here every class that KaTeX's style knows gets two or three letters, and
// what it does not know goes.  The elements become <i>, which nobody hears:
// they are hidden from assistive technology, which reads the MathML.
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const KEPT = ['katex', 'katex-display']; // the site's own style names them
const selectors = css => css.replace(/@font-face\{[^}]*\}/g, '');

export function names(css) {
    const found = new Set();
    for (const [, list] of selectors(css).matchAll(/([^{}]+)\{/g))
        for (const [, name] of list.matchAll(/\.([a-z][\w-]*)/gi))
            if (!KEPT.includes(name)) found.add(name);
    return new Map([...found].sort().map((name, k) =>
        [name, `k${k.toString(36)}`]));
}

// The style for the short names; formats of fonts that no browser of today
// asks for go as well.
function style(css) {
    const short = names(css);
    const renamed = css.replace(/([^{}]+)\{/g, (all, list) =>
        list.startsWith('@') ? all : list
            .replace(/\.([a-z][\w-]*)/gi, (name, bare) =>
                short.has(bare) ? `.${short.get(bare)}` : name)
            .replace(/(^|[\s>,])span\b/g, '$1i') + '{');
    return renamed.replace(/,url\([^)]*\.(woff|ttf)\) format\("[^"]*"\)/g, '') +
        '.katex i{font-style:inherit}\n';
}

// One formula: spans inside of .katex become <i>, with short names.
export function shortened(html, short) {
    const open = [];
    return html.replace(/<(\/?)span\b([^>]*)>/g, (tag, closes, rest) => {
        if (closes) return open.pop() ? tag : '</i>';
        const own = rest.match(/ class="([^"]*)"/);
        const list = own ? own[1].split(/\s+/) : [];
        const kept = list.some(name => KEPT.includes(name));
        open.push(kept);
        if (kept) return tag;
        const now = list.map(name => short.get(name)).filter(Boolean).join(' ');
        return '<i' + (now ? ` class="${now}"` : '') +
            rest.replace(/ class="[^"]*"/, '') + '>';
    });
}

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url))
    process.stdout.write(style(readFileSync(process.argv[2], 'utf8')));
