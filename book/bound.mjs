// bound.mjs - reads the bound books, and compares their numbers with the
// site's
//
//   node book/bound.mjs LABELS SITE PAPER EPUB
//
// LABELS are the tables of the first pass; PAPER is the folder that XeLaTeX
// ran in, EPUB the folder that was packed.  LaTeX counts for itself, so that
// a number of its own is one that was found twice.  One line per check; exit
// 1 if any failed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const [labels, site, paper, epub] = process.argv.slice(2);
let failed = false;
function report(what, faults) {
    if (faults.length) failed = true;
    console.log(faults.length ? `not ok - ${what}: ` +
        faults.slice(0, 6).join('; ') + (faults.length > 6 ?
        `, and ${faults.length - 6} more` : '') : `ok - ${what}`);
}

const NOUN = { eq: 'Equation', fig: 'Figure', tbl: 'Table', lst: 'Listing',
    ex: 'Exercise', q: 'Question' };
const rows = readdirSync(labels).filter(name => name.endsWith('.tsv'))
    .flatMap(name => readFileSync(join(labels, name), 'utf8').split('\n'))
    .map(line => line.split('\t'))
    .map(([kind, id, number, page]) => ({ kind, id, number,
        stem: (page ?? '').replace(/\.html$/, '') }))
    .filter(row => row.number && (row.kind in NOUN || row.kind === 'sec' ||
        row.kind === 'title'));

// ---- the PDF ----

const aux = readFileSync(join(paper, 'book.aux'), 'utf8');
const printed = new Map();
for (const m of aux.matchAll(/^\\newlabel\{([^}]+)\}\{\{((?:[^{}]|\{[^{}]*\})*)\}/gm))
    printed.set(m[1], m[2].replace(/[{}]/g, ''));
const off = [];
for (const { kind, id, number, stem } of rows) {
    const got = printed.get(id.includes(':') ? id : `${stem}:${id}`);
    if (got === undefined) off.push(`${stem}: ${id} is not printed`);
    else if (got !== number) off.push(`${stem}: ${id} is ${number} on the ` +
        `site and ${got} in print`);
}
report(`${rows.length} numbers are the same on the site and in print`, off);

const log = readFileSync(join(paper, 'book.log'), 'utf8');
report('no line in print is 3 pt too long', [...log.matchAll(
    /Overfull \\hbox \(([\d.]+)pt too wide\)[^\n]*/g)]
    .filter(m => Number(m[1]) > 3).map(m => m[0]));
report('no letter is missing in print', [...new Set([...log.matchAll(
    /Missing character: [^\n]*/g)].map(m => m[0]))]);
report('no reference is open in print, and no label made twice',
    [...log.matchAll(/(?:Reference|Hyper reference|Label) `[^\n]*/g)]
        .map(m => m[0]));

const pdf = join(paper, 'book.pdf');
const fonts = execFileSync('pdffonts', [pdf], { encoding: 'utf8' })
    .split('\n').slice(2).filter(Boolean);
report(`all ${fonts.length} fonts are in the PDF`,
    fonts.filter(line => !/ yes yes /.test(line) && !/ yes no /.test(line)));
const info = execFileSync('pdfinfo', [pdf], { encoding: 'utf8' });
report('the PDF says what it is', ['Title: +Neural Networks in C',
    'Page size: +59[45]']
    .filter(words => !new RegExp(words).test(info)));

// ---- the site and the EPUB ----

const plain = html => html.replace(/<(svg|math)\b[^]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ').replace(/&nbsp;|\u00a0/g, ' ')
    .replace(/\s+/g, ' ').trim();
for (const [what, folder, ending] of [['site', site, 'html'],
    ['EPUB', epub, 'xhtml']]) {
    const texts = new Map(), wrong = [];
    for (const { kind, id, number, stem } of rows) {
        const path = join(folder, `${stem}.${ending}`);
        if (!texts.has(stem)) texts.set(stem, existsSync(path) ?
            readFileSync(path, 'utf8') : '');
        const text = texts.get(stem);
        const at = kind === 'title' ? text.search(/<p class="kicker">/) :
            text.indexOf(`id="${id}"`);
        if (at < 0) { wrong.push(`${stem}: ${id} is missing`); continue; }
        const seen = plain('<' + text.slice(at, at + 400000)
            .replace(/<svg\b[^]*?<\/svg>/g, '').slice(0, 20000));
        const said = kind === 'eq' ? `(${number})` : kind === 'sec' ? number :
            kind === 'title' ? `Chapter ${number}` : `${NOUN[kind]} ${number}`;
        // its number comes before any other of the kind
        const pattern = kind === 'eq' ? /\(\d+\.\d+\)/ : kind === 'sec' ?
            /\d+(\.\d+)+/ : kind === 'title' ? /Chapter \d+/ :
            new RegExp(`${NOUN[kind]} \\d+(\\.\\d+)?`);
        const got = seen.match(pattern)?.[0];
        if (got !== said) wrong.push(`${stem}: ${id} is ${said}, not ${got}`);
    }
    report(`${rows.length} numbers are those of the labels in the ${what}`,
        wrong);
}
process.exit(failed ? 1 : 0);
