// bind.mjs - what is made of finished pages: the book on one page, the
// meanings of its terms, a map of the site, and a page for lost readers
//
//   node book/bind.mjs SITE ADDRESS STEMS...
//
// ADDRESS, which may be empty, is where the site will stand.
import { readdirSync, readFileSync, renameSync, statSync, writeFileSync }
    from 'node:fs';
import { join, relative } from 'node:path';

const [site, address, ...stems] = process.argv.slice(2);
const read = name => readFileSync(join(site, name), 'utf8');
function write(name, text) {
    writeFileSync(join(site, `${name}.new`), text);
    renameSync(join(site, `${name}.new`), join(site, name));
}
const main = page => page.match(/<main id="main">([^]*)<\/main>/)[1];

// ---- one page ----

// Labels and drawings have names of their own in the whole book; every other
// id gets its page's name before it.
function bound(stem) {
    const own = (page, id) => /:|^fig-/.test(id) ? id : `${page}.${id}`;
    const name = id => own(stem, id);
    return main(read(`${stem}.html`))
        .replace(/ (id|for)="([^"]*)"/g, (_, key, id) => ` ${key}="${name(id)}"`)
        .replace(/ aria-labelledby="([^"]*)"/g, (_, ids) =>
            ` aria-labelledby="${ids.split(' ').map(name).join(' ')}"`)
        .replace(/url\(#([^)"]*)\)/g, (_, id) => `url(#${name(id)})`)
        .replace(/ href="([^"#]*)#([^"]*)"/g, (all, file, id) => {
            const to = file === '' ? stem : file.replace(/\.html$/, '');
            return stems.includes(to) ? ` href="#${own(to, id)}"` : all;
        })
        .replace(/ href="([^"#]*)\.html"/g, (all, to) =>
            stems.includes(to) ? ` href="#${to}"` : all)
        .replace(/ data-touch="[^"]*"/g, '')
        .replace(/<(\/?)h([1-5])\b/g, (_, slash, level) =>
            `<${slash}h${Number(level) + 1}`);
}
const front = read('index.html');
// The styles of all formulas: a name means the same on every page.
const rules = new Map();
for (const stem of stems) {
    const style = read(`${stem}.html`).match(/<style>\n([^]*?)<\/style>/);
    for (const rule of style ? style[1].trim().split('\n') : []) {
        const name = rule.slice(0, rule.indexOf('{'));
        if (rules.has(name) && rules.get(name) !== rule)
            throw new Error(`${stem}.html: ${name} has two meanings`);
        rules.set(name, rule);
    }
}
const all = stems.map(stem =>
    `<section class="bound" id="${stem}">${bound(stem)}</section>`).join('\n');
write('all.html', front
    .replace(/<main id="main">[^]*<\/main>/, () =>
        '<main id="main"><h1 id="all">The whole book</h1>\n<p class="shown">' +
        'On one page, to print or to search: it takes a moment to come.</p>' +
        `${all}</main>`)
    .replace(/(<style>[^]*?<\/style>\n)?<\/head>/, () => '<style>\n' +
        [...rules.values()].sort().join('\n') + '\n</style>\n</head>')
    .replace(/<title>[^<]*<\/title>/,
        '<title>The whole book – Neural Networks in C</title>')
    .replace(/<nav class="turn"[^]*?<\/nav>/, '')
    .replace(/<p>This page is made from [^]*?<\/code>(<\/a>: edit it there)?\./,
        '<p>This page is made from all others.')
    .replace(' class="home"', '').replace(' aria-current="page"', '')
    .replace(/(<link rel="canonical" href="[^"]*)index\.html/, '$1all.html'));

// ---- what terms mean ----

const terms = {};
const glossary = stems.includes('glossary') ? read('glossary.html') : '';
for (const m of glossary.matchAll(
    /<dt id="(gls:[^"]*)">([^]*?)<\/dt><dd>([^]*?)(<p class="used">|<\/dd>)/g)) {
    terms[m[1]] = `<b>${m[2].trim()}</b>${m[3].trim()}`;
}
write('terms.js', `BOOK_TERMS=${JSON.stringify(terms)};\n`);

// ---- lost readers, and a map ----

const to = address.replace(/\/?$/, '/');
write('404.html', front
    .replace(/<main id="main">[^]*<\/main>/, () => '<main id="main">' +
        '<h1 id="lost">This page is not here</h1>\n<p>It may have moved. The ' +
        '<a href="index.html">contents</a> list every chapter, the <a ' +
        'href="subjects.html">index</a> every subject, and the search above ' +
        'finds words.</p></main>')
    .replace(/<title>[^<]*<\/title>/,
        '<title>Not found – Neural Networks in C</title>')
    .replace(/<nav class="turn"[^]*?<\/nav>/, '')
    .replace(/<link rel="canonical"[^>]*>\n/, '')
    .replace(/<p>This page is made from [^]*?<\/code>(<\/a>: edit it there)?\./,
        '<p>')
    .replace(' class="home"', '').replace(' aria-current="page"', '')
    .replace(/<a class="skip"[^]*?<\/a>\n/, '')
    // it answers at every depth
    .replace('<meta charset="utf-8">', address ?
        `<meta charset="utf-8">\n<base href="${to}">` :
        '<meta charset="utf-8">'));

if (address) {
    const pages = folder => readdirSync(folder).flatMap(name => {
        const path = join(folder, name);
        return statSync(path).isDirectory() ? pages(path) :
            /\.html$/.test(name) && name !== '404.html' ?
                [relative(site, path)] : [];
    });
    write('sitemap.xml', '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n' +
        pages(site).sort().map(page => `<url><loc>${to}${page}</loc></url>\n`)
            .join('') + '</urlset>\n');
    write('robots.txt', `Sitemap: ${to}sitemap.xml\n`);
}
