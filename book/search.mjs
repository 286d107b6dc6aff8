// search.mjs - the index that a page searches
//
//   node book/search.mjs NPM WORDS...
//
// WORDS are the files of the first pass: a line for each section, with its
// place, its title and its words between tabs.  What is printed is a script,
// because a page that was opened as a file may read nothing else.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [npm, ...files] = process.argv.slice(2);
const require = createRequire(resolve(npm, 'package.json'));
const MiniSearch = require('minisearch');

// The page has the same two lines, in book.js.
const options = { fields: ['title', 'words'], storeFields: ['place', 'title',
    'page'] };
const index = new MiniSearch(options);

let id = 0;
for (const file of files) {
    const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
    const page = lines.length ? lines[0].split('\t')[1] : '';
    for (const line of lines) {
        const [place, title, words] = line.split('\t');
        index.add({ id: id++, place, title, page, words });
    }
}
console.log(`BOOK_INDEX=${JSON.stringify(JSON.stringify(index))}`);
