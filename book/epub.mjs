// epub.mjs - the pages of the site as the files of an EPUB 3
//
//   node book/epub.mjs NPM SITE FOLDER CACHE EPOCH STEMS...
//
// Reads SITE/index.html and SITE/STEM.html; writes FOLDER, ready to be
// packed.  A page that did not change comes out of CACHE.  A reading device has no script and may fold nothing: what is
// folded on the site stands open, side notes become notes, formulas stay as
// MathML, and figures keep the colours they were drawn in.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync }
    from 'node:fs';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const [npm, site, folder, cache, epoch, ...stems] = process.argv.slice(2);
const require = createRequire(resolve(npm, 'package.json'));

const TITLE = 'Neural Networks in C';
const escape = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
    .replace(/>/g, '&gt;').replace(/"/g, '&quot;');

rmSync(folder, { recursive: true, force: true });
function write(name, text) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
}

// ---- a page ----

// The block that a note can follow.
function after(element, main) {
    let at = element;
    while (at.parentNode !== main && !/^(SECTION|DIV|LI|DD|BLOCKQUOTE)$/
        .test(at.parentNode.tagName)) at = at.parentNode;
    return at.parentNode.matches('div.equation, div.scroll') ?
        after(at.parentNode, main) : at;
}

// A formula as it looks on the site is most of a page's elements, and of no
// use here: it goes before they are made.
function without_typeset(html) {
    const out = [], open = '<span class="katex">';
    let from = 0;
    for (let at; (at = html.indexOf(open, from)) >= 0;) {
        out.push(html.slice(from, at));
        const tag = /<(\/?)span\b/g;
        let depth = 0;
        tag.lastIndex = at;
        do depth += tag.exec(html)[1] ? -1 : 1; while (depth > 0);
        from = html.indexOf('>', tag.lastIndex) + 1;
    }
    return out.join('') + html.slice(from);
}

function page(stem, html) {
    const { JSDOM } = require('jsdom');
    const drawings = []; // they are XML already
    const dom = new JSDOM(without_typeset(html).replace(
        /<svg class="fig"[^]*?<\/svg>/g, drawing => {
            drawings.push(drawing.replace('<svg',
                '<svg xmlns="http://www.w3.org/2000/svg"').replace(
                /var\(--\w+,((?:[^()]|\([^()]*\))*)\)/g, '$1'));
            return `<i id="drawing-${drawings.length - 1}"></i>`;
        }));
    const document = dom.window.document, main = document.querySelector('main');
    const all = query => Array.from(main.querySelectorAll(query));
    const make = (name, attributes, html) => {
        const element = document.createElement(name);
        for (const [key, value] of Object.entries(attributes)) {
            element.setAttribute(key, value);
        }
        if (html !== undefined) element.innerHTML = html;
        return element;
    };

    for (const math of all('span.m')) {
        math.replaceWith(math.querySelector('math'));
    }
    for (const gone of all('a.anchor, script, button, .touch')) {
        gone.remove();
    }
    for (const number of all('pre a.n')) {
        number.replaceWith(make('span', { class: 'n' },
            number.dataset.n.padStart(4) + '  '));
    }
    for (const a of all('a[href]')) {
        const [, file, id] = a.getAttribute('href')
            .match(/^([^#]*)#?(.*)$/);
        if (/^\w+:/.test(file) || (!file && id)) continue;
        const to = file.replace(/\.html$/, '');
        if (to === 'index' || stems.includes(to)) {
            a.setAttribute('href', `${to}.xhtml${id ? '#' + id : ''}`);
        } else {
            a.replaceWith(...a.childNodes);
        }
    }
    all('span.note').forEach((note, i) => {
        const said = note.querySelector('.sidenote');
        said.querySelector('sup').remove();
        const n = i + 1;
        const aside = make('aside', { 'epub:type': 'footnote',
            role: 'doc-footnote', id: `note-${n}`, class: 'note' });
        aside.append(make('p', {}, `<a href="#mark-${n}" ` +
            `role="doc-backlink">${n}</a> `));
        aside.firstChild.append(...said.childNodes);
        let place = after(note, main);
        while (place.nextElementSibling?.matches('aside.note')) {
            place = place.nextElementSibling;
        }
        place.after(aside);
        note.replaceWith(make('a', { 'epub:type': 'noteref',
            role: 'doc-noteref', href: `#note-${n}`, id: `mark-${n}` },
            `<sup>${n}</sup>`));
    });
    for (const fold of all('details')) {
        const open = make('div', { class: `open ${fold.className}` });
        open.append(make('p', { class: 'head' },
            fold.querySelector('summary').innerHTML),
            ...fold.querySelector(':scope > div').childNodes);
        fold.replaceWith(open);
    }
    for (const element of all('[tabindex], [role=group]')) {
        element.removeAttribute('tabindex');
        element.removeAttribute('role');
        element.removeAttribute('aria-label');
    }
    for (const list of all('ol.contents, p.formats')) list.remove();
    const title = stem === 'index' ? TITLE :
        main.querySelector('h1').textContent;
    const number = main.querySelector('.kicker')?.textContent ?? '';
    const body = new dom.window.XMLSerializer().serializeToString(main)
        .replace(/^<main[^>]*>/, '').replace(/<\/main>$/, '')
        .replace(/ xmlns="http:\/\/www.w3.org\/1999\/xhtml"/g, '')
        .replace(/<i id="drawing-(\d+)"><\/i>/g, (_, n) => drawings[n]);
    return {
        xhtml: frame(title, body, number ? 'chapter' : ''), stem, title, number: number.replace(/\D/g, ''),
        sections: all('h2[id]').map(h => ({ id: h.id,
            title: h.textContent.trim() })),
        properties: [/<math/.test(body) && 'mathml', /<svg/.test(body) && 'svg']
            .filter(Boolean).join(' '),
    };
}

const frame = (title, body, type) => `<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en">
<head>
<title>${escape(title)}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
<section${type ? ` epub:type="${type}" role="doc-${type}"` : ''}>
${body}
</section>
</body>
</html>
`;

const self = readFileSync(new URL(import.meta.url), 'utf8');
const pages = ['index', ...stems].map(stem => {
    const html = readFileSync(join(site, `${stem}.html`), 'utf8');
    const key = createHash('sha1').update(self + stems + html).digest('hex');
    const kept = join(cache, `${stem}.json`);
    let made = existsSync(kept) && JSON.parse(readFileSync(kept, 'utf8'));
    if (made?.key !== key) {
        made = { key, ...page(stem, html) };
        mkdirSync(cache, { recursive: true });
        writeFileSync(kept, JSON.stringify(made));
    }
    write(`EPUB/${stem}.xhtml`, made.xhtml);
    return made;
});

// ---- what binds them ----

const css = readFileSync(new URL('epub.css', import.meta.url), 'utf8');
write('EPUB/style.css', css);

write('EPUB/nav.xhtml', frame('Contents', `<nav epub:type="toc" role="doc-toc" id="toc">
<h1>Contents</h1>
<ol>
${pages.map(p => `<li><a href="${p.stem}.xhtml">${p.number ? p.number + ' ' : ''}${escape(p.title)}</a>${
    p.number && p.sections.length ? `
<ol>
${p.sections.map(s => `<li><a href="${p.stem}.xhtml#${s.id}">${escape(s.title)}</a></li>`).join('\n')}
</ol>` : ''}</li>`).join('\n')}
</ol>
</nav>`, ''));

const hash = createHash('sha1').update(TITLE).digest('hex');
const uuid = [hash.slice(0, 8), hash.slice(8, 12), '5' + hash.slice(13, 16),
    'a' + hash.slice(17, 20), hash.slice(20, 32)].join('-');
const date = new Date(epoch * 1000).toISOString().replace(/\.\d+/, '');
const access = [
    ...['textual', 'visual'].map(m => ['accessMode', m]),
    ['accessModeSufficient', 'textual'],
    ...['alternativeText', 'longDescription', 'MathML', 'tableOfContents',
        'structuralNavigation', 'readingOrder', 'index',
        'displayTransformability'].map(f => ['accessibilityFeature', f]),
    ['accessibilityHazard', 'none'],
    ['accessibilitySummary', 'Every figure has a description in words, every ' +
        'formula is MathML with its TeX as alternative text, and nothing is ' +
        'said by colour alone.'],
];
write('EPUB/content.opf', `<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:${uuid}</dc:identifier>
<dc:title>${TITLE}</dc:title>
<dc:language>en</dc:language>
<dc:creator>The authors of ${TITLE}</dc:creator>
<dc:rights>Text: CC BY 4.0.  Code: MIT.</dc:rights>
<meta property="dcterms:modified">${date}</meta>
${access.map(([key, value]) => `<meta property="schema:${key}">${value}</meta>`).join('\n')}
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="style" href="style.css" media-type="text/css"/>
${pages.map(p => `<item id="p-${p.stem}" href="${p.stem}.xhtml" media-type="application/xhtml+xml"${
    p.properties ? ` properties="${p.properties}"` : ''}/>`).join('\n')}
</manifest>
<spine>
<itemref idref="p-index"/>
<itemref idref="nav"/>
${pages.slice(1).map(p => `<itemref idref="p-${p.stem}"/>`).join('\n')}
</spine>
</package>
`);
write('mimetype', 'application/epub+zip');
write('META-INF/container.xml', `<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles>
<rootfile full-path="EPUB/content.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
`);
