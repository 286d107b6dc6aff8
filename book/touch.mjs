// touch.mjs - all that a touched figure needs, as one script
//
//   node book/touch.mjs NAME FIGURE.json FIGURE.map FIGURE.wasm
import { readFileSync } from 'node:fs';

const [name, json, map, wasm] = process.argv.slice(2);
const fail = why => { console.error(`book: ${json}: ${why}`); process.exit(1); };
let data;
try {
    data = JSON.parse(readFileSync(json, 'utf8'));
} catch (error) {
    fail(error.message);
}
for (const key of ['knobs', 'instead', 'says']) {
    if (!Array.isArray(data[key]) || !data[key].length) fail(`no ${key}`);
}
data.knobs.forEach(k => {
    if (!k.name || k.start === undefined ||
        !(Array.isArray(k.of) || k.low < k.high && (k.log || k.step > 0))) {
        fail(`knob "${k.name}" needs a start, and low, high and step, or log,` +
            ' or of');
    }
    if (k.of ? !k.of.includes(k.start) : k.start < k.low || k.start > k.high) {
        fail(`knob "${k.name}" starts where it cannot be`);
    }
});
data.name = name;
data.map = readFileSync(map, 'utf8').trim().split(/\s+/).map(Number);
if (data.map.length !== 8 || data.map.some(isNaN)) fail(`${map} is no map`);
data.wasm = readFileSync(wasm).toString('base64');
const id = json.replace(/^chapters/, 'touch').replace(/json$/, 'js');
console.log('var BOOK_TOUCH = BOOK_TOUCH || {};\n' +
    `BOOK_TOUCH[${JSON.stringify(id)}] = ${JSON.stringify(data)};`);
