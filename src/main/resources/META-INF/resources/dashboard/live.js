// Pages that show themselves anew: the server tells what changed on a page that is in sight; where it cannot, the page asks
// every few seconds. Neither happens while it is hidden or paused, and nothing moves while somebody is about to do something.
(() => {
  'use strict';

  const EVERY = 3000;
  const STALE_AFTER = 3;
  const LATE = 6000;
  const SILENT = 15000;
  const AGAIN = 60000;
  const HOLD = 2000;
  const PAUSED = 'millrace-paused';
  const $ = (id) => document.getElementById(id);

  let live = null;
  let paused = sessionStorage.getItem(PAUSED) === 'yes';
  let failures = 0;
  let cut = false;
  let gone = false;
  let heard = Date.now();
  let opened = heard;
  let awaited = 0;
  let stream = null;
  let told = false;
  let notBefore = 0;
  let news = null;
  let pressed = 0;

  function state() {
    if (paused) return 'paused';
    if (gone) return 'gone';
    const late = awaited > 0 && Date.now() - awaited > LATE;
    return failures < STALE_AFTER && !late ? 'live' : cut ? 'cut' : 'stale';
  }

  function words(now) {
    const seconds = Math.round((Date.now() - heard) / 1000);
    const since = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
    return { live: 'Live', paused: 'Paused', gone: 'Not there any more', stale: `No answer for ${since}`, cut: `Disconnected for ${since}` }[now];
  }

  function show() {
    if (!live || live.hidden) return;
    const now = state();
    const text = words(now);
    if (live.dataset.state !== now) {
      live.dataset.state = now;
      live.setAttribute('aria-pressed', String(!paused));
      if (now !== 'live' || live.dataset.told) $('announce').textContent = now === 'live' ? 'Updates go on' : text;
      live.dataset.told = 'yes';
    }
    live.title = paused ? 'Updates are paused; press p to resume' : 'Updates itself; press p to pause';
    live.querySelector('.live-text').textContent = text;
  }

  // Somebody has marked rows or text, has a dialog open, a button down, or is on the way through the page with the keyboard.
  function busy() {
    return Date.now() - pressed < HOLD || document.querySelector('dialog[open], .data input:checked, [data-live] :focus-visible')
      || getSelection().type === 'Range';
  }

  function refresh() {
    if (paused || document.hidden || gone || busy()) return;
    document.querySelectorAll('[data-live]').forEach((part) => htmx.trigger(part, 'refresh'));
  }

  function answered() {
    failures = 0;
    cut = false;
    awaited = 0;
    heard = Date.now();
  }

  function hear() {
    told = true;
    answered();
    show();
  }

  function hush() {
    stream?.close();
    stream = null;
    told = false;
    news = null;
  }

  // There is no stream to be had, as too many are open or something on the way holds it up.
  function giveUp() {
    hush();
    notBefore = Date.now() + AGAIN;
    refresh();
  }

  function place() {
    if (news === null || paused || busy()) return;
    const part = document.querySelector('[data-live]');
    const html = news;
    news = null;
    if (part) htmx.swap(part, html, { swapStyle: 'outerHTML' });
    if (!document.querySelector('[data-live]')) hush();
  }

  function listen() {
    const part = document.querySelector('[data-live]');
    if (stream || !part || paused || gone || document.hidden || Date.now() < notBefore) return;
    const source = new EventSource(`/live?page=${encodeURIComponent(part.getAttribute('hx-get'))}`);
    stream = source;
    opened = Date.now();
    source.addEventListener('beat', hear);
    source.addEventListener('part', (event) => { hear(); news = event.data; place(); });
    source.addEventListener('gone', () => { gone = true; hush(); show(); });
    source.addEventListener('error', () => {
      if (stream !== source) return;
      told = false;
      if (source.readyState === EventSource.CLOSED) giveUp();
    });
  }

  // While the stream speaks there is nothing to ask for.
  function look() {
    if (stream && Date.now() - Math.max(heard, opened) > SILENT) giveUp();
    listen();
    if (!told) refresh();
  }

  function pause(yes) {
    paused = yes;
    sessionStorage.setItem(PAUSED, yes ? 'yes' : 'no');
    if (yes) hush();
    show();
    refresh();
    listen();
  }

  function comeAndGo() {
    if (document.hidden) hush();
    refresh();
    listen();
  }

  function startLive() {
    live = $('live');
    if (!document.querySelector('[data-live]')) return;
    live.hidden = false;
    live.addEventListener('click', () => pause(!paused));
    document.addEventListener('visibilitychange', comeAndGo);
    addEventListener('pagehide', hush);
    addEventListener('pageshow', listen);
    for (const type of ['pointerdown', 'pointerup', 'pointercancel']) {
      addEventListener(type, () => { pressed = type === 'pointerdown' ? Date.now() : 0; }, true);
    }
    // What was asked and not answered yet counts as well: a server that hangs does not refuse.
    document.body.addEventListener('htmx:beforeRequest', () => { awaited ||= Date.now(); });
    document.body.addEventListener('htmx:afterRequest', (event) => {
      if (event.detail.successful) {
        answered();
      } else {
        failures += 1;
        cut = event.detail.xhr?.status === 0;
      }
      show();
    });
    setInterval(look, EVERY);
    setInterval(() => { place(); show(); }, 500);
    listen();
    show();
  }

  document.addEventListener('DOMContentLoaded', startLive);
})();
