// What the pages do by themselves; without it everything works by links and forms.
(() => {
  'use strict';

  const $ = (id) => document.getElementById(id);
  const each = (selector, action, root = document) => root.querySelectorAll(selector).forEach(action);

  // Times: the page says them in UTC, as of when it was made. Here they get the viewer's zone, and ages go on.
  const zoned = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
  // Below a chart there is no room for more than five signs.
  const hour = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

  function age(seconds) {
    const length = Math.abs(seconds);
    if (length < 1.5) return 'now';
    const text = Math.round(length) < 60 ? `${Math.round(length)} s`
      : Math.round(length / 60) < 60 ? `${Math.round(length / 60)} min`
      : Math.round(length / 3600) < 48 ? `${Math.round(length / 3600)} h`
      : `${Math.round(length / 86400)} d`;
    return seconds > 0 ? `${text} ago` : `in ${text}`;
  }

  // The server's clock is the one that counts: how far the viewer's own is off it.
  let skew = 0;

  function tick() {
    const now = Date.now() + skew;
    each('time[data-ago]', (time) => {
      const text = age((now - Date.parse(time.dateTime)) / 1000);
      if (time.textContent !== text) time.textContent = text;
    });
  }

  // The server puts the times of a chart where they are round in UTC; here that is done for the viewer's zone.
  function axis(svg) {
    const inset = Number(svg.dataset.inset);
    const every = svg.dataset.step * 1000;
    const from = Date.parse(svg.dataset.from);
    const span = Math.max(1, Date.parse(svg.dataset.to) - from);
    const zone = new Date(from).getTimezoneOffset() * 60000;
    const ticks = [];
    const add = (name, attributes) => {
      const node = document.createElementNS(svg.namespaceURI, name);
      for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
      ticks.push(node);
      return node;
    };
    for (let at = Math.ceil((from - zone) / every) * every + zone; at <= from + span; at += every) {
      const x = inset + ((100 - 2 * inset) * (at - from)) / span;
      add('line', { x1: `${x}%`, x2: `${x}%`, y1: 0, y2: 4 });
      const anchor = x < 5 ? 'start' : x > 95 ? 'end' : 'middle';
      add('text', { x: `${x}%`, y: 16, 'text-anchor': anchor }).textContent = hour.format(at);
    }
    svg.replaceChildren(...ticks);
  }

  function localize(root) {
    each('time[datetime]', (time) => {
      const at = new Date(time.dateTime);
      if (Number.isNaN(at.getTime())) return;
      time.title = zoned.format(at);
      if ('clock' in time.dataset) time.textContent = at.toLocaleTimeString(undefined, { hour12: false, fractionalSecondDigits: 3, hour: '2-digit', minute: '2-digit', second: '2-digit' });
      else if (!('ago' in time.dataset)) time.textContent = zoned.format(at);
    }, root);
    each('.chart-times', axis, root);
    each('[data-counts]', (element) => {
      for (const figure of element.dataset.counts.split(' ')) {
        const [section, count] = figure.split('=');
        const badge = $(`count-${section}`);
        if (!badge) continue;
        if (badge.textContent !== count) badge.textContent = count;
        if (section === 'dead_letters') badge.classList.toggle('count-bad', count !== '0');
      }
    }, root.parentNode ?? root);
    each('[data-now]', (element) => { skew = Date.parse(element.dataset.now) - Date.now(); }, root.parentNode ?? root);
    tick();
  }

  // Links to a page that asks "are you sure" open it in a dialog.
  async function ask(link) {
    const answer = await fetch(link.href, { headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const question = page.querySelector('.confirm');
    if (!question || answer.redirected) {
      location.assign(link.href);
      return;
    }
    const dialog = document.createElement('dialog');
    dialog.append(document.importNode(question, true));
    dialog.setAttribute('aria-label', link.textContent.trim());
    dialog.addEventListener('close', () => { dialog.remove(); link.focus(); });
    each('[data-cancel]', (cancel) => cancel.addEventListener('click', (event) => {
      event.preventDefault();
      dialog.close();
    }), dialog);
    document.body.append(dialog);
    localize(dialog);
    dialog.showModal();
    dialog.querySelector('[autofocus], input:not([type=hidden]), button')?.focus();
  }

  async function copy(button) {
    const source = $(button.dataset.copy);
    await navigator.clipboard.writeText(source.value ?? source.textContent);
    const before = button.textContent;
    button.textContent = 'Copied';
    $('announce').textContent = 'Copied';
    setTimeout(() => { button.textContent = before; }, 1500);
  }

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-confirm]');
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      ask(link).catch(() => location.assign(link.href));
      return;
    }
    const copying = event.target.closest('[data-copy]');
    if (copying) copy(copying);
  });

  // What somebody opened or closed stays so when its part is shown anew.
  const opened = new Map();
  document.addEventListener('toggle', (event) => {
    if (event.target.id) opened.set(event.target.id, event.target.open);
  }, true);

  function reopen(root) {
    each('details[id]', (part) => { if (opened.has(part.id)) part.open = opened.get(part.id); }, root);
  }

  // The box in the head of a list picks all of its lines.
  document.addEventListener('change', (event) => {
    if (!event.target.matches('[data-pick-all]')) return;
    each('tbody input[type=checkbox]', (box) => { box.checked = event.target.checked; }, event.target.closest('table'));
  });

  // JSON is checked while it is typed; where it is wrong, as the server tells it.
  function place(text, error) {
    const at = /position (\d+)/.exec(error.message);
    const before = at ? text.slice(0, Number(at[1])).split('\n') : null;
    const reason = error.message.replace(/ *in JSON at position.*$/, '').replace(/,? *"?\.\.\..*$/s, '');
    return before ? `Line ${before.length}, column ${before.at(-1).length + 1}: ${reason}.` : `${reason}.`;
  }

  function checkJson(field) {
    const error = field.form.querySelector('[data-json-error]');
    let told = '';
    try {
      if (field.value.trim()) JSON.parse(field.value);
    } catch (fault) {
      told = place(field.value, fault);
    }
    if (error.textContent !== told) error.textContent = told;
    if (told) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
    return !told;
  }

  // Line breaks and indents only: what stands between them stays as it is, numbers too.
  function format(text) {
    let out = '';
    let depth = 0;
    const line = () => `\n${'  '.repeat(depth)}`;
    for (const token of text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? []) {
      if (token === '}' || token === ']') {
        depth -= 1;
        out = /[{[]$/.test(out.trimEnd()) ? out.trimEnd() + token : out + line() + token;
      } else if (token === '{' || token === '[') {
        depth += 1;
        out += token + line();
      } else if (token === ',') {
        out += token + line();
      } else {
        out += token === ':' ? ': ' : token;
      }
    }
    return out.replace(/[ \t]+\n/g, '\n').replace(/\n\s*\n/g, '\n');
  }

  document.addEventListener('input', (event) => {
    if (event.target.matches('[data-json]')) checkJson(event.target);
  });
  document.addEventListener('click', (event) => {
    if (!event.target.closest('[data-format]')) return;
    const field = event.target.closest('form').querySelector('[data-json]');
    if (checkJson(field)) field.value = format(field.value);
    field.focus();
  });

  // A fault that the server found is shown where it is.
  function showFault() {
    const field = document.querySelector('[data-line]');
    if (!field || field.dataset.line === '0') return;
    const lines = field.value.split('\n');
    const start = lines.slice(0, field.dataset.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
    field.focus();
    field.setSelectionRange(start + Number(field.dataset.column) - 1, start + Number(field.dataset.column));
  }

  // What can be typed anywhere but into a field.
  function typed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, dialog[open]')) return;
    const link = document.querySelector(`a[data-key="${CSS.escape(event.key)}"]`);
    if (link) {
      link.click();
    } else if (event.key === '?') {
      $('keys')?.showModal();
    } else if (event.key === 'p' && $('live') && !$('live').hidden) {
      $('live').click();
    } else if (event.key === '/') {
      const search = document.querySelector('[data-search]');
      if (!search) return;
      search.focus();
    } else {
      return;
    }
    event.preventDefault();
  }

  // A bar of a chart tells its figures beside the pointer; with the keyboard, those of the bar that was picked.
  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.hidden = true;

  function said(bar) {
    return bar.dataset.tip.split('\n').map((line) => (bar.dataset.at && line === '@' ? zoned.format(new Date(bar.dataset.at)) : line));
  }

  function tell(bar, x, y) {
    tip.hidden = !bar;
    if (!bar) return;
    tip.replaceChildren(...said(bar).map((line) => {
      const row = document.createElement('div');
      row.textContent = line;
      return row;
    }));
    const right = x + 16 + tip.offsetWidth > innerWidth;
    tip.style.left = `${right ? x - tip.offsetWidth - 12 : x + 14}px`;
    tip.style.top = `${Math.max(8, Math.min(y + 14, innerHeight - tip.offsetHeight - 8))}px`;
  }

  function pick(chart, bar) {
    each('.picked', (other) => other.classList.remove('picked'));
    tell(bar, 0, 0);
    if (!bar) return;
    bar.classList.add('picked');
    const { left, width } = bar.getBoundingClientRect();
    const { top, height } = chart.getBoundingClientRect();
    tell(bar, left + width / 2, top + height / 4);
    $('announce').textContent = said(bar).join(', ');
  }

  function walk(event) {
    const chart = event.target.closest('.chart-plot');
    if (!chart) return;
    const bars = [...chart.querySelectorAll('[data-tip]')];
    const at = bars.findIndex((bar) => bar.classList.contains('picked'));
    const to = { ArrowLeft: at < 0 ? bars.length - 1 : at - 1, ArrowRight: at + 1, Home: 0, End: bars.length - 1, Escape: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    pick(chart, event.key === 'Escape' ? null : bars[Math.max(0, Math.min(to, bars.length - 1))]);
  }

  function tips() {
    document.body.append(tip);
    document.addEventListener('pointermove', (event) => tell(event.target.closest?.('[data-tip]'), event.clientX, event.clientY));
    document.addEventListener('keydown', walk);
    document.addEventListener('focusout', (event) => { if (event.target.matches('.chart-plot')) pick(null, null); });
  }

  // Charts can be gone through by those who can ask them something.
  function reach(root) {
    each('.chart-plot', (chart) => { chart.tabIndex = 0; }, root);
  }

  document.addEventListener('DOMContentLoaded', () => {
    document.documentElement.classList.add('js');
    each('[data-js]', (element) => { element.hidden = false; });
    const keys = $('keys-button');
    if (keys) {
      keys.hidden = false;
      keys.addEventListener('click', () => $('keys').showModal());
    }
    // On a phone pages and states stand in lines that are longer than the screen.
    each(':is(.nav, .tabs) [aria-current]', (here) => here.scrollIntoView({ inline: 'center', block: 'nearest' }));
    localize(document);
    reach(document);
    setInterval(tick, 1000);
    document.addEventListener('keydown', typed);
    document.body.addEventListener('htmx:afterSettle', (event) => {
      localize(event.detail.elt);
      reopen(event.detail.elt);
      reach(event.detail.elt);
      each('[data-js]', (element) => { element.hidden = false; }, event.detail.elt);
    });
    showFault();
    tips();
  });
})();
