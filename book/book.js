// book.js - what a page does beyond being read: theme, search, keys
//
// Every page reads without it.  Keys: / searches, n and p turn the page.
(function () {
  var root = document.documentElement, script = document.currentScript,
      home = script ? script.dataset.root : '';
  function find(id) { return document.getElementById(id); }

  // ---- theme and formulas ----

  var theme = find('theme'), math = find('math'),
      dark = matchMedia('(prefers-color-scheme: dark)');
  function keep(name, value) {
    if (value) root.dataset[name] = value; else delete root.dataset[name];
    try {
      if (value) localStorage[name] = value;
      else localStorage.removeItem(name);
    } catch (e) { /* a browser that keeps nothing */ }
  }
  function isDark() {
    return (root.dataset.theme || (dark.matches ? 'dark' : 'light')) === 'dark';
  }
  function say() {
    theme.textContent = isDark() ? 'Light' : 'Dark';
    theme.setAttribute('aria-label', isDark() ? 'Light theme' : 'Dark theme');
    math.textContent = root.dataset.math ? 'Typeset formulas' :
        'Native formulas';
  }
  theme.hidden = math.hidden = false;
  theme.onclick = function () {
    keep('theme', isDark() ? 'light' : 'dark');
    say();
  };
  math.onclick = function () {
    keep('math', root.dataset.math ? '' : 'mathml');
    say();
  };
  if (dark.addEventListener) dark.addEventListener('change', say);
  addEventListener('beforeprint', function () {
    document.querySelectorAll('details').forEach(function (d) {
      d.open = true;
    });
  });
  say();

  // ---- search ----

  var form = find('find'), field = find('words'), hits = find('hits'),
      count = find('count'), index = null, asked = false;
  // The same as in search.mjs.
  var options = { fields: ['title', 'words'],
                  storeFields: ['place', 'title', 'page'] };

  function load(name, then) {
    var one = document.createElement('script');
    one.src = home + name;
    one.onload = then;
    one.onerror = function () { count.textContent = name + ' is missing'; };
    document.head.append(one);
  }
  function prepare() {
    if (asked) return;
    asked = true;
    load('minisearch.js', function () {
      load('search-index.js', function () {
        index = MiniSearch.loadJSON(BOOK_INDEX, options);
        search();
      });
    });
  }
  function search() {
    var words = field.value.trim();
    hits.textContent = '';
    count.textContent = '';
    if (!words || !index) return;
    var found = index.search(words, { prefix: true, combineWith: 'AND',
                                      boost: { title: 4 } });
    count.textContent = found.length === 0 ? 'Nothing found' :
        found.length === 1 ? 'One section' : found.length + ' sections';
    found.slice(0, 12).forEach(function (hit) {
      var item = document.createElement('li'),
          link = document.createElement('a'),
          page = document.createElement('span');
      link.href = home + hit.place;
      link.textContent = hit.title;
      if (hit.page !== hit.title) {
        page.textContent = ' ' + hit.page;
        link.append(page);
      }
      item.append(link);
      hits.append(item);
    });
  }
  function close() {
    field.value = '';
    search();
    field.blur();
  }
  // Up and down walk through field and hits.
  function move(step) {
    var all = [field].concat(Array.from(hits.querySelectorAll('a'))),
        at = all.indexOf(document.activeElement) + step;
    if (all[at]) all[at].focus();
  }
  form.hidden = false;
  field.onfocus = prepare;
  field.oninput = function () { prepare(); search(); };
  form.onsubmit = function (event) {
    event.preventDefault();
    var first = hits.querySelector('a');
    if (first) first.click();
  };
  form.onkeydown = function (event) {
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else return;
    event.preventDefault();
  };
  hits.addEventListener('click', function () { setTimeout(close); });

  // ---- keys ----

  addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest('input, textarea, select, pre')) return;
    if (event.key === '/') {
      event.preventDefault();
      field.focus();
    }
    var to = event.key === 'n' ? 'next' : event.key === 'p' ? 'prev' : '',
        link = to && document.querySelector('a[rel=' + to + ']');
    if (link) link.click();
  });
})();
