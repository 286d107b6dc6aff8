// book.js - what a page does beyond being read: theme, search, copying,
// terms, figures with knobs, keys
//
// Every page reads without it.  Keys: / searches, n and p turn the page.
(function () {
  var root = document.documentElement, script = document.currentScript,
      home = script ? script.dataset.root : '';
  function find(id) { return document.getElementById(id); }

  // ---- theme and formulas ----

  var theme = find('theme'), math = find('math');
  function keep(name, value) {
    if (value) root.dataset[name] = value; else delete root.dataset[name];
    try {
      if (value) localStorage[name] = value;
      else localStorage.removeItem(name);
    } catch (e) { /* a browser that keeps nothing */ }
  }
  var THEMES = ['', 'light', 'dark'],
      NAMES = ['Auto', 'Light', 'Dark'];
  function chosen() {
    return Math.max(0, THEMES.indexOf(root.dataset.theme || ''));
  }
  function say() {
    theme.textContent = NAMES[chosen()];
    theme.setAttribute('aria-label', 'Theme: ' + NAMES[chosen()]);
    math.textContent = root.dataset.math ? 'Typeset formulas' :
        'Native formulas';
  }
  theme.hidden = math.hidden = false;
  theme.onclick = function () {
    keep('theme', THEMES[(chosen() + 1) % 3]);
    say();
  };
  math.onclick = function () {
    keep('math', root.dataset.math ? '' : 'mathml');
    say();
  };
  addEventListener('beforeprint', function () {
    document.querySelectorAll('details').forEach(function (d) {
      d.open = true;
    });
  });
  say();

  // A formula that is wider than its line can be reached, and scrolled.
  function reach() {
    document.querySelectorAll('.equation .scroll').forEach(function (box) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute('tabindex');
    });
  }
  addEventListener('resize', reach);
  addEventListener('load', reach);

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
    one.onerror = function () {
      count.textContent = name + ' is missing';
    };
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

  // ---- copying code, without its line numbers ----

  document.querySelectorAll('pre').forEach(function (pre) {
    var copy = document.createElement('button');
    copy.type = 'button';
    copy.className = 'copy';
    copy.textContent = 'Copy';
    copy.setAttribute('aria-label', 'Copy this ' +
        (pre.classList.contains('console') ? 'command' : 'code'));
    copy.onclick = function () {
      var command = pre.querySelector('.command'),
          clean = (command || pre.querySelector('code')).cloneNode(true);
      clean.querySelectorAll('.prompt, .back').forEach(function (e) {
        e.remove();
      });
      write(clean.textContent).then(function () {
        copy.textContent = 'Copied';
        setTimeout(function () { copy.textContent = 'Copy'; }, 1500);
      });
    };
    var frame = document.createElement('div');
    frame.className = 'copied';
    pre.replaceWith(frame);
    frame.append(pre, copy);
  });
  // A page that was opened as a file may have no clipboard of its own.
  function write(text) {
    if (navigator.clipboard && isSecureContext) {
      return navigator.clipboard.writeText(text);
    }
    var area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    return Promise.resolve();
  }

  // ---- what a term means, where it stands ----

  var meaning = document.createElement('div'), open = null, closing;
  meaning.id = 'meaning';
  meaning.setAttribute('role', 'tooltip');
  meaning.hidden = true;
  document.body.append(meaning);
  function tell(link) {
    clearTimeout(closing);
    if (open === link) return;
    load_terms(function () {
      var said = BOOK_TERMS[link.hash.slice(1)];
      if (!said) return;
      hush();
      open = link;
      meaning.innerHTML = said;
      meaning.hidden = false;
      link.setAttribute('aria-describedby', 'meaning');
      var at = link.getClientRects()[0], wide = meaning.offsetWidth,
          left = Math.max(8, Math.min(at.left, innerWidth - wide - 24)),
          below = at.bottom + meaning.offsetHeight + 12 < innerHeight;
      meaning.style.left = left + scrollX + 'px';
      meaning.style.top = scrollY + (below ? at.bottom + 6 :
          at.top - meaning.offsetHeight - 6) + 'px';
    });
  }
  function hush() {
    if (open) open.removeAttribute('aria-describedby');
    open = null;
    meaning.hidden = true;
  }
  function soon_hush() { closing = setTimeout(hush, 250); }
  function load_terms(then) {
    if (window.BOOK_TERMS) then(); else load('terms.js', then);
  }
  document.querySelectorAll('a.gls').forEach(function (link) {
    link.onmouseenter = link.onfocus = function () { tell(link); };
    link.onmouseleave = link.onblur = soon_hush;
    link.removeAttribute('title');
  });
  meaning.onmouseenter = function () { clearTimeout(closing); };
  meaning.onmouseleave = soon_hush;
  addEventListener('keydown', function (event) {
    if (event.key === 'Escape') hush();
  });

  // ---- figures with knobs ----

  document.querySelectorAll('figure[data-touch]').forEach(function (figure) {
    var offer = document.createElement('button');
    offer.type = 'button';
    offer.className = 'touch';
    offer.textContent = 'Try it';
    offer.setAttribute('aria-label', 'Try it: ' + figure.querySelector(
        'figcaption .label').textContent.trim() + ' with knobs');
    offer.onclick = function () {
      offer.disabled = true;
      load('touch/touch.js', function () {
        load(figure.dataset.touch, function () {
          BOOK_TOUCH.start(figure, BOOK_TOUCH[figure.dataset.touch]).then(function () {
            offer.remove();
          });
        });
      });
    };
    figure.insertBefore(offer, figure.querySelector('figcaption'));
  });

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
