// check.mjs - reads a built book as a browser, a thief and a screen reader
// would
//
//   node book/check.mjs FOLDER [student [MORE...]]
//
// Run from the top folder.  One line per check; exit 1 if any failed.  With
// "student", no line of an exercise's solution may occur in the folder, nor
// in MORE files and folders.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const [folder, edition, ...more] = process.argv.slice(2);
let failed = false;

function report(what, faults) {
    if (faults.length === 0) {
        console.log(`ok - ${what}`);
        return;
    }
    failed = true;
    const rest = faults.length > 5 ? `, and ${faults.length - 5} more` : '';
    console.log(`not ok - ${what}: ${faults.slice(0, 5).join('; ')}${rest}`);
}

function files(under) {
    return readdirSync(under).flatMap(name => {
        const path = join(under, name);
        return statSync(path).isDirectory() ? files(path) : [path];
    });
}

const decode = text => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&');

// Tags with their attributes; comments, scripts and the doctype left out.
function tags(page) {
    const out = [];
    const text = page.replace(/<!--[^]*?-->/g, '').replace(/<!DOCTYPE[^>]*>/i, '')
        .replace(/(<script\b[^>]*>)[^]*?(<\/script>)/g, '$1$2');
    for (const m of text.matchAll(/<(\/?)([A-Za-z][\w-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/g)) {
        const attributes = {};
        for (const a of m[3].matchAll(/([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g))
            attributes[a[1]] = decode(a[2] ?? a[3] ?? a[4] ?? '');
        out.push({ close: m[1] === '/', name: m[2], attributes,
            empty: m[3].trimEnd().endsWith('/') });
    }
    return out;
}

const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img',
    'input', 'link', 'meta', 'source', 'track', 'wbr']);
const OPTIONAL = new Set(['p', 'li', 'td', 'th', 'tr', 'dd', 'dt']);

const all = files(folder);
const pages = new Map();
for (const path of all.filter(p => p.endsWith('.html'))) {
    const text = readFileSync(path, 'utf8');
    const list = tags(text);
    const ids = list.filter(t => !t.close && 'id' in t.attributes)
        .map(t => t.attributes.id);
    pages.set(resolve(path), { name: relative(folder, path), text, list, ids });
}
report('the book has an index page and at least one chapter',
    ['index.html'].filter(n => !existsSync(join(folder, n)))
        .concat([...pages.values()].some(p => /^\d\d-.*\.html$/.test(p.name))
            ? [] : ['no chapter']));

const broken = [], foreign = [], twice = [], unbalanced = [], silent = [];
let links = 0, drawings = 0;
for (const [path, page] of pages) {
    const seen = new Set();
    for (const id of page.ids) {
        if (seen.has(id)) twice.push(`${page.name}: id ${id}`);
        seen.add(id);
    }
    const open = [];
    page.list.forEach(({ close, name, attributes, empty }, i) => {
        if (!close) {
            // what a reader follows
            if (name === 'a' && attributes.href !== undefined &&
                !/^(https?|mailto):/.test(attributes.href)) {
                links++;
                const [file, anchor] = attributes.href.split('#');
                const target = file === '' ? path :
                    resolve(dirname(path), decodeURIComponent(file));
                if (!existsSync(target))
                    broken.push(`${page.name}: ${attributes.href}`);
                else if (anchor && !pages.get(target)?.ids
                    .includes(decodeURIComponent(anchor)))
                    broken.push(`${page.name}: ${attributes.href}`);
            }
            // what the browser fetches by itself
            for (const key of ['src', 'srcset', 'data', 'poster', 'xlink:href',
                               ...(name === 'a' ? [] : ['href'])]) {
                const value = attributes[key];
                if (value === undefined || value.startsWith('#')) continue;
                if (/^(https?:)?\/\//.test(value))
                    foreign.push(`${page.name}: <${name} ${key}="${value}">`);
                else if (!value.startsWith('data:') &&
                    !existsSync(resolve(dirname(path), value)))
                    broken.push(`${page.name}: <${name} ${key}="${value}">`);
            }
            for (const key of ['for', 'aria-labelledby', 'aria-describedby'])
                for (const id of (attributes[key] ?? '').split(/\s+/))
                    if (id && !seen.has(id))
                        broken.push(`${page.name}: ${key}="${id}"`);
            if (name === 'svg' && attributes.class === 'fig') {
                drawings++;
                const after = page.list.slice(i + 1, i + 5).map(t => t.name);
                if (attributes.role !== 'img' || !after.includes('title') ||
                    !after.includes('desc'))
                    silent.push(`${page.name}: a drawing without a description`);
            }
            if (name === 'img' && !attributes.alt)
                silent.push(`${page.name}: <img src="${attributes.src}">`);
            if (!empty && !VOID.has(name)) open.push(name);
        } else {
            while (open.length && open[open.length - 1] !== name &&
                   OPTIONAL.has(open[open.length - 1])) open.pop();
            if (open.pop() !== name)
                unbalanced.push(`${page.name}: </${name}> closes something else`);
        }
    });
    if (open.length) unbalanced.push(`${page.name}: <${open.pop()}> stays open`);
    for (const m of page.text.matchAll(/<desc[^>]*>([^]*?)<\/desc>/g))
        if (!m[1].trim()) silent.push(`${page.name}: an empty description`);
}
for (const path of all.filter(p => p.endsWith('.css'))) {
    const text = readFileSync(path, 'utf8');
    for (const m of text.matchAll(/url\(\s*["']?([^"')]+)/g)) {
        if (/^(https?:)?\/\//.test(m[1])) foreign.push(`${path}: ${m[1]}`);
        else if (!m[1].startsWith('data:') &&
            !existsSync(resolve(dirname(path), m[1])))
            broken.push(`${relative(folder, path)}: ${m[1]}`);
    }
    if (/@import/.test(text)) foreign.push(`${path}: @import`);
}
report(`${links} links in ${pages.size} pages lead somewhere`, broken);
report('no page asks another host for anything', foreign);
report('every id is unique on its page', twice);
report('what is opened is closed', unbalanced);
report(`${drawings} drawings have a title and a description`, silent);

const markup = [];
for (const { name, text } of pages.values()) {
    const seen = text.replace(/<pre\b[^]*?<\/pre>/g, '')
        .replace(/<code\b[^]*?<\/code>/g, '')
        .replace(/<script\b[^]*?<\/script>/g, '').replace(/<[^>]*>/g, '');
    for (const m of seen.matchAll(/\]\{[.#][^\s]*|\[@\w+:[^\s]*|\{#\w+:[^\s]*|:::+|\$\$/g))
        markup.push(`${name}: ${m[0]}`);
}
report('no markup is left in the text', markup);

// The reader of gaps is written a second time here, on purpose: a leak must
// not hide behind the reader that let it through.
if (edition === 'student') {
    const squeeze = text => text.replace(/\s+/g, '');
    const gaps = [], given = new Set();
    const sources = ['solutions', 'chapters'].filter(existsSync)
        .flatMap(files).filter(p => /\.[ch]$/.test(p));
    for (const path of sources) {
        let gap = null;
        readFileSync(path, 'utf8').split('\n').forEach((line, i) => {
            const begin = line.match(/^\s*\/\/> ([a-z0-9-]+): /);
            const end = line.match(/^\s*\/\/< ([a-z0-9-]+)/);
            if (begin && !gap) gap = begin[1];
            else if (end && end[1] === gap) gap = null;
            else if (!/^\s*\/\/[<>]/.test(line)) {
                const text = squeeze(line);
                if (gap) gaps.push({ text, place: `${path}:${i + 1}` });
                else given.add(text);
            }
        });
    }
    const open = [...given].filter(line => line.length >= 16);
    const secret = gaps.filter(g => g.text.length >= 16 &&
        !open.some(line => line.includes(g.text)));
    const leaks = [];
    const read = all.concat(more.flatMap(p =>
        statSync(p).isDirectory() ? files(p) : [p]));
    for (const path of read.filter(p => /\.(x?html|css|js|json|txt|tsv|xml)$/.test(p))) {
        const raw = squeeze(decode(readFileSync(path, 'utf8')));
        const text = squeeze(decode(readFileSync(path, 'utf8').replace(/<[^>]*>/g, '')));
        for (const g of secret)
            if (text.includes(g.text) || raw.includes(g.text))
                leaks.push(`${g.place} in ${relative(folder, path)}`);
    }
    report(`none of the ${secret.length} distinctive lines of the exercises'` +
        ' solutions is in the book', leaks.concat(secret.length ? [] :
        ['no gap found: is this the top folder?']));
}
process.exit(failed ? 1 : 0);
