// browse.mjs - reads the built book in a browser, as its readers do
//
//   node book/browse.mjs NPM SITE [pages]
//
// NPM holds playwright-core and axe-core; the browser is Debian's Chromium.
// Run from the top folder: the numbers of figures with knobs are compared
// with those of build/demo/.  With "pages", only what every page must be is
// looked at.  One line per check; exit 1 if any failed.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [npm, site, only_pages] = process.argv.slice(2);
const require = createRequire(resolve(npm, 'package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let failed = false;
function report(what, faults) {
    if (faults.length) failed = true;
    console.log(faults.length ? `not ok - ${what}: ` +
        faults.slice(0, 4).join('; ') + (faults.length > 4 ?
        `, and ${faults.length - 4} more` : '') : `ok - ${what}`);
}
const expect = (what, got, wanted) => report(what, got === wanted ? [] :
    [`${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`]);

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome'].find(existsSync);
if (!executablePath) {
    console.log('skipped - reading the book in a browser: no Chromium');
    process.exit(0);
}
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox',
    '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update',
    '--disable-sync'] });

const pages = folder => readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? pages(path) :
        name.endsWith('.html') ? [path] : [];
});
const url = name => pathToFileURL(resolve(site, name)).href;
const home = url('.');

// ---- every page: width, requests, accessibility ----

const all = pages(site).map(path => relative(site, path)).sort();
const wide = [], asked = [], said = [], barred = { light: [], dark: [] };
const context = await browser.newContext({ viewport: { width: 390,
    height: 800 } });
const page = await context.newPage();
page.on('request', request => {
    if (!request.url().startsWith(home) && !/^data:/.test(request.url()))
        asked.push(request.url());
});
page.on('pageerror', error => said.push(error.message));
page.on('console', message => {
    if (message.type() === 'error') said.push(message.text());
});
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
    'best-practice'];
// axe does not hear MathML: a heading that is a formula is not empty.
async function judge(name, theme, only) {
    const found = await page.evaluate(async ([tags, only]) => {
        const found = await axe.run(document, { preload: false,
            resultTypes: ['violations'], runOnly: only ?
                { type: 'rule', values: only } : { type: 'tag', values: tags } });
        return found.violations.map(v => [v.id, v.nodes.map(n =>
            n.target.join(' ')).filter(place => v.id !==
            'empty-table-header' || !document.querySelector(place)
            .querySelector('math'))]).filter(([, places]) => places.length);
    }, [tags, only]);
    for (const [id, places] of found)
        barred[theme].push(`${name}: ${id} (${places.length}), ${places[0]}`);
}
for (const name of all) {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(url(name));
    for (const width of [390, 320]) {
        await page.setViewportSize({ width, height: 800 });
        const w = await page.evaluate(() =>
            document.documentElement.scrollWidth);
        if (w > width) wide.push(`${name}: ${w} at ${width}`);
    }
    if (name === 'all.html') continue; // its parts are judged one by one
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.evaluate(axe);
    await judge(name, 'light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await judge(name, 'dark', ['color-contrast']);
}
report(`${all.length} pages fit a phone, 390 and 320 pixels wide`, wide);
report('no page asks for anything outside its folder', asked);
report('no page complains in the console', said);
report('axe finds nothing, in the light', barred.light);
report('nor in the dark', barred.dark);
if (only_pages) {
    await browser.close();
    process.exit(failed ? 1 : 0);
}

// ---- search ----

await page.emulateMedia({ colorScheme: 'light' });
await page.goto(url('index.html'));
await page.keyboard.press('/');
expect('/ goes to the search field', await page.evaluate(() =>
    document.activeElement.id), 'words');
await page.keyboard.type('dual numb');
await page.waitForSelector('#hits a');
expect('the beginning of a term is found, its definition first',
    await page.getAttribute('#hits a', 'href'),
    'glossary.html#gls:dual-number');
await page.keyboard.press('ArrowDown');
expect('down walks into the hits', await page.evaluate(() =>
    document.activeElement === document.querySelector('#hits a')), true);
await page.keyboard.press('Enter');
await page.waitForURL(/glossary\.html#gls:dual-number/);
report('Enter opens a hit', []);
await page.fill('#words', 'qwertyuiop');
await page.waitForFunction(() =>
    document.getElementById('count').textContent);
expect('what is nowhere is said to be nowhere',
    await page.textContent('#count'), 'Nothing found');
await page.keyboard.press('Escape');
expect('escape closes', await page.inputValue('#words'), '');

// ---- theme, keys, hints, terms, copying ----

for (const name of ['light', 'dark']) {
    await page.click('#theme');
    expect(`the theme can be ${name}`, await page.evaluate(() =>
        document.documentElement.dataset.theme), name);
}
await page.goto(url('01-linear-regression.html'));
expect('and stays on the next page', await page.evaluate(() =>
    document.documentElement.dataset.theme), 'dark');
await page.click('#theme');
expect('or follows the system again', await page.evaluate(() =>
    document.documentElement.dataset.theme), undefined);
await page.keyboard.press('n');
await page.waitForURL(/02-logistic/);
await page.keyboard.press('p');
await page.waitForURL(/01-linear/);
report('n and p turn the page', []);
const hint = page.locator('details.hint').first();
await hint.locator('summary').focus();
await page.keyboard.press('Enter');
expect('a hint unfolds by keyboard', await hint.evaluate(d => d.open), true);
await page.keyboard.press('Space');
expect('and folds again', await hint.evaluate(d => d.open), false);
const term = page.locator('a.gls').first();
await term.focus();
await page.waitForSelector('#meaning:not([hidden])');
report('a term says what it means', (await page.textContent('#meaning'))
    .length > 20 ? [] : ['it says nothing']);
await page.keyboard.press('Escape');
expect('and is quiet after escape', await page.isHidden('#meaning'), true);
await page.evaluate(() => {
    navigator.clipboard.writeText = async text => { window.copied = text; };
});
const code = page.locator('pre.code').first();
await code.hover();
await code.locator('xpath=..').locator('button.copy').click();
report('code is copied without its line numbers',
    /^typedef struct/.test(await page.evaluate(() => window.copied)) ? [] :
        [await page.evaluate(() => window.copied)]);

// ---- figures with knobs ----

const near = (a, b) => a === b || Math.abs(a - b) <=
    1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
for (const name of all.filter(n => /^\d\d-/.test(n))) {
    await page.goto(url(name));
    const figures = await page.locator('figure[data-touch]').all();
    for (const figure of figures) {
        const id = await figure.getAttribute('id'), off = [];
        const script = await figure.getAttribute('data-touch');
        const [, stem, word] = script.match(/^touch\/(.*)\/(.*)\.js$/);
        const still = await figure.locator('svg').innerHTML();
        await figure.locator('button.touch').focus();
        await page.keyboard.press('Enter');
        await figure.locator('.said').waitFor();
        if (await figure.locator('svg').innerHTML() === still)
            off.push('it stays as it was');
        const sliders = await figure.locator('input[type=range]').all();
        // as it was, then each knob moved by keyboard
        const frames = [];
        for (let i = -1; i < sliders.length; i++) {
            if (i >= 0) {
                await sliders[i].focus();
                for (let k = 0; k < 3; k++)
                    await page.keyboard.press('ArrowLeft');
                await page.evaluate(() => new Promise(done =>
                    requestAnimationFrame(() => requestAnimationFrame(done))));
            }
            const knobs = (await figure.locator('output').allTextContents())
                .map(text => text.replace('\u2212', '-'));
            const shown = (await figure.getAttribute('data-numbers'))
                .split(' ').map(Number);
            const native = execFileSync(`build/demo/${stem}`, [word, ...knobs],
                { encoding: 'utf8' }).trim().split('\n').map(Number);
            if (shown.length !== native.length ||
                shown.some((x, j) => !near(x, native[j])))
                off.push(`${knobs.join(' ')}: ${shown} here, ${native} there`);
            const sentence = await figure.locator('.said').textContent();
            if (/\{|undefined|NaN/.test(sentence)) off.push(sentence);
            frames.push(sentence);
        }
        if (new Set(frames).size < 2) off.push('no knob changes anything');
        const weight = statSync(join(site, script)).size;
        if (weight > 30000) off.push(`${weight} bytes`);
        const time = await figure.evaluate(async f => {
            const slider = f.querySelector('input'), began = performance.now();
            for (let k = 0; k < 60; k++) {
                slider.value = k % (Number(slider.max) + 1);
                slider.dispatchEvent(new Event('input'));
                await new Promise(requestAnimationFrame);
            }
            return (performance.now() - began) / 60;
        });
        await page.evaluate(axe);
        await judge(`${name} ${id}`, 'light');
        report(`${id} answers with the numbers of ${stem} ` +
            `(${weight} bytes, ${time.toFixed(1)} ms a frame)`, off);
    }
}
report('axe finds nothing in a touched figure', barred.light);

// ---- what is read aloud ----

await page.goto(url('01-linear-regression.html'));
const heard = await page.evaluate(() => {
    const out = [];
    for (const h of document.querySelectorAll('h1, h2, h3, h4'))
        out.push(Number(h.tagName[1]));
    return out;
});
report('headings step down one at a time', heard.filter((level, i) =>
    i && level > heard[i - 1] + 1).map(level => `a jump to h${level}`));
const traps = await page.evaluate(() => document.querySelectorAll(
    '[tabindex]:not([tabindex="0"]):not([tabindex="-1"])').length);
expect('nothing changes the order of Tab', traps, 0);
await page.emulateMedia({ reducedMotion: 'reduce' });
report('nothing moves by itself', await page.evaluate(() =>
    document.getAnimations().map(a => a.animationName)));

await browser.close();
process.exit(failed ? 1 : 0);
