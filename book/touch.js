// touch.js - a figure that answers: its chapter's C, and the knobs around it
//
// Loaded by book.js when somebody touches a figure, together with the file
// that touch.mjs made for it: WebAssembly, knobs, sentences, and where the
// figure's coordinates lie.  touch.h says what the C gives.
var BOOK_TOUCH = BOOK_TOUCH || {};
BOOK_TOUCH.start = function (figure, data) {
  var NS = 'http://www.w3.org/2000/svg', svg = figure.querySelector('svg'),
      map = data.map, height = svg.viewBox.baseVal.height, C, knobs = [],
      values = data.knobs.map(function (k) { return k.start; }),
      reduced = matchMedia('(prefers-reduced-motion: reduce)');

  function make(name, attributes, parent) {
    var e = name === 'g' || name === 'path' || name === 'text' ||
        name === 'clipPath' || name === 'rect' ?
        document.createElementNS(NS, name) : document.createElement(name);
    for (var key in attributes) e.setAttribute(key, attributes[key]);
    if (parent) parent.append(e);
    return e;
  }
  function X(x) {
    return map[0] + (x - map[4]) / (map[5] - map[4]) * (map[1] - map[0]);
  }
  function Y(y) {
    return height - map[2] -
        (y - map[6]) / (map[7] - map[6]) * (map[3] - map[2]);
  }

  // ---- what is drawn ----

  var COLOUR = ['ink', 'c1', 'c2', 'c3', 'c4', 'c5', 'ink'];
  function round(x) { return Math.round(x * 10) / 10; }
  function shape(x, y, kind, size) {
    if (kind === 'square') {
      return 'M' + (x - size) + ',' + (y - size) + 'h' + 2 * size + 'v' +
          2 * size + 'h' + -2 * size + 'z';
    }
    return 'M' + (x - size) + ',' + y + 'a' + size + ',' + size + ',0,1,0,' +
        2 * size + ',0a' + size + ',' + size + ',0,1,0,' + -2 * size + ',0';
  }
  function clean(value, low, high) { // far outside, but not to infinity
    return Math.max(low - 2000, Math.min(high + 2000, value));
  }
  var live, labels = {};
  function draw() {
    var all = new Float64Array(C.memory.buffer, C.touch_drawn(), 65536),
        end = all[0], lines = {}, marks = {}, last = {}, i = 1;
    while (i < end) {
      var style = all[i], count = all[i + 1], colour = style % 10,
          kind = style - colour, d = '', m = '', pen = false, k;
      for (i += 2, k = 0; k < count; k++, i += 2) {
        var x = X(all[i]), y = Y(all[i + 1]);
        if (!isFinite(x) || !isFinite(y)) { pen = false; continue; }
        x = round(clean(x, map[0], map[1]));
        y = round(clean(y, 0, height));
        if (kind < 20 || kind === 30) {
          d += (pen ? 'L' : 'M') + x + ',' + y;
          pen = true;
        }
        if (kind === 20) m += shape(x, y, 'circle', 4);
        if (kind === 30) m += shape(x, y, 'circle', 1.8);
        if (kind === 40) m += shape(x, y, 'circle', 8);
        last[style] = [x, y];
      }
      lines[style] = (lines[style] || '') + d;
      marks[style] = (marks[style] || '') + m;
    }
    live.textContent = '';
    var told = 0;
    Object.keys(lines).forEach(function (style) {
      var colour = 'var(--' + COLOUR[style % 10] + ')', kind = style - style % 10;
      if (lines[style]) {
        make('path', { d: lines[style], fill: 'none', style: 'stroke:' + colour,
          'stroke-width': kind === 0 ? 2.5 : 1.5, 'stroke-linejoin': 'round' },
          live);
      }
      if (marks[style]) {
        make('path', { d: marks[style], 'stroke-width': 1.5, style:
          kind === 40 ? 'fill:none;stroke:' + colour : 'fill:' + colour }, live);
      }
      var name = data.names && data.names[style];
      if (name && last[style]) {
        make('text', { x: Math.min(last[style][0] + 8, map[1] - 70),
          y: Math.max(18, last[style][1] - 10 + 16 * told++), style: 'fill:' + colour,
          'font-size': 15 }, live).textContent = name;
      }
    });
  }

  // {2:3} is the second number with three decimals, {2:g} with three digits
  function number(value, how) {
    if (!isFinite(value)) return isNaN(value) ? 'not a number' : 'infinite';
    if (how === undefined) return String(value);
    return (how === 'g' ? String(Number(value.toPrecision(3))) :
        value.toFixed(how)).replace('-', '\u2212');
  }
  function sentence() {
    var n = new Float64Array(C.memory.buffer, C.touch_numbers(), 32);
    figure.dataset.numbers = Array.from(n.slice(1, 1 + n[0])).join(' ');
    return data.says[n[1]].replace(/\{(\d+)(?::(\w))?\}/g,
        function (_, which, how) { return number(n[1 + Number(which)], how); });
  }

  // ---- what is turned ----

  var waiting = false, spoken;
  function run() {
    waiting = false;
    C.page_begin();
    var at = C.touch_knobs();
    new Float64Array(C.memory.buffer, at, values.length).set(values);
    C['touch_' + data.name](at);
    draw();
    status.textContent = sentence();
  }
  function soon() {
    if (!waiting) { waiting = true; requestAnimationFrame(run); }
  }
  function tidy(x) { return Number(x.toPrecision(3)); }
  function steps(k) {
    return k.of ? k.of.length - 1 : k.log ? 100 :
        Math.round((k.high - k.low) / k.step);
  }
  function value_at(k, i) {
    return k.of ? k.of[i] : k.log ?
        tidy(k.low * Math.pow(k.high / k.low, i / 100)) :
        Number((k.low + i * k.step).toFixed(6));
  }
  function place_of(k, value) {
    if (k.of) {
      return k.of.reduce(function (best, v, i) {
        return Math.abs(v - value) < Math.abs(k.of[best] - value) ? i : best;
      }, 0);
    }
    return Math.round(k.log ?
        100 * Math.log(value / k.low) / Math.log(k.high / k.low) :
        (value - k.low) / k.step);
  }
  function show(i) {
    var k = data.knobs[i], text = String(values[i]).replace('-', '\u2212');
    knobs[i].slider.value = place_of(k, values[i]);
    knobs[i].slider.setAttribute('aria-valuetext', text);
    knobs[i].output.textContent = text;
  }
  function set(i, value) {
    values[i] = value;
    show(i);
    soon();
  }

  var panel = make('div', { class: 'knobs' }), status;
  data.knobs.forEach(function (k, i) {
    var label = make('label', {}, panel), name = make('span', {}, label);
    name.textContent = k.name + ' ';
    var output = make('output', {}, name);
    var slider = make('input', { type: 'range', min: 0, max: steps(k),
      step: 1 }, label);
    knobs[i] = { slider: slider, output: output };
    slider.oninput = function () {
      stop();
      set(i, value_at(k, Number(slider.value)));
    };
  });
  var row = make('div', { class: 'row' }, panel), timer, play;
  function stop() {
    cancelAnimationFrame(timer);
    timer = 0;
    if (play) play.textContent = 'Play';
  }
  if (data.play) {
    play = make('button', { type: 'button' }, row);
    play.textContent = 'Play';
    play.onclick = function () {
      if (timer) return stop();
      var i = data.play.knob, k = data.knobs[i], began,
          from = values[i] >= k.high ? k.low : values[i];
      if (reduced.matches) return set(i, k.high);
      play.textContent = 'Pause';
      timer = requestAnimationFrame(function frame(now) {
        began = began || now;
        var to = from + (now - began) / 1000 / data.play.seconds *
            (k.high - k.low);
        set(i, Math.min(k.high, Math.floor(to)));
        if (to >= k.high) stop(); else timer = requestAnimationFrame(frame);
      });
    };
  }
  var back = make('button', { type: 'button' }, row);
  back.textContent = 'As it was';
  back.onclick = function () {
    stop();
    data.knobs.forEach(function (k, i) { values[i] = k.start; show(i); });
    soon();
  };

  // ---- the figure gives way ----

  function give_way() {
    data.instead.forEach(function (plot) {
      var g = svg.querySelector('[id$="_plot_' + plot + '"]');
      if (g) g.remove();
    });
    var words = Array.from(svg.querySelectorAll('text'));
    (data.labels || []).forEach(function (label) {
      var at = words.map(function (t) { return t.textContent.trim(); })
          .lastIndexOf(label);
      if (at >= 0) words.splice(at, 1)[0].remove();
    });
    words.forEach(function (t) {
      if (t.closest('[font-size="16.00"]')) t.remove();
    });
    var clip = make('clipPath', { id: figure.id.replace(':', '-') + '-clip' },
        svg);
    make('rect', { x: map[0], y: height - map[3], width: map[1] - map[0],
      height: map[3] - map[2] }, clip);
    live = make('g', { class: 'live',
      'clip-path': 'url(#' + clip.id + ')' }, svg);
    if (data.drag) {
      svg.style.cursor = 'crosshair';
      svg.style.touchAction = 'none';
      svg.onpointerdown = svg.onpointermove = function (event) {
        if (event.buttons !== 1) return;
        var box = svg.getBoundingClientRect(),
            w = svg.viewBox.baseVal.width,
            px = (event.clientX - box.left) / box.width * w,
            py = height - (event.clientY - box.top) / box.height * height;
        if (px < map[0] || px > map[1] || py < map[2] || py > map[3]) return;
        event.preventDefault();
        [[px, map[0], map[1], map[4], map[5]],
         [py, map[2], map[3], map[6], map[7]]].forEach(function (m, j) {
          var i = data.drag[j], k = data.knobs[i],
              to = m[3] + (m[0] - m[1]) / (m[2] - m[1]) * (m[4] - m[3]);
          set(i, value_at(k, Math.max(0, Math.min(steps(k),
              place_of(k, to)))));
        });
      };
    }
  }

  var bytes = Uint8Array.from(atob(data.wasm), function (c) {
    return c.charCodeAt(0);
  });
  return WebAssembly.instantiate(bytes, {}).then(function (made) {
    C = made.instance.exports;
    C._initialize();
    status = make('p', { role: 'status', class: 'said' }, panel);
    give_way();
    figure.insertBefore(panel, figure.querySelector('figcaption'));
    data.knobs.forEach(function (_, i) { show(i); });
    run();
    figure.classList.add('touched');
    knobs[0].slider.focus();
  });
};
