// The page listens: news comes without words, the page fetches what it may show.
// A part says what it hears of with data-live="ask:7 delegation:12 verb:journey" and
// where its fresh self comes from with data-src. Nothing moves under pointer or focus.

const WAIT_MS = 120; // several acts at once make one fetch
const STILL_MS = 1500; // long enough for the button that ends the writing
const page = document.body.dataset;
let cursor = Number(page.cursor || 0);
const waiting = new Map();

function hears(part, news) {
  return part.dataset.live.split(/\s+/).some((word) => {
    const [kind, what] = word.split(":");
    if (kind === "all") return true;
    if (kind === "verb") return news.verb.startsWith(what);
    if (kind === "delegation") return String(news.concerns) === what;
    return news.kind.endsWith(`.${kind}`) && String(news.subject) === what;
  });
}

// A page that is drawn anew as a whole waits for whoever writes or tabs on it, gives
// the focus back, and never takes the place of one that somebody is on the way to.
// Words that are not sent yet keep it, and what was unfolded is unfolded again.
const FOCUS = "titian:focus";
const OPEN = "titian:open";
const WRITTEN = "main textarea, main input:not([type=hidden], [type=radio], [type=checkbox])";
const FOLDED = "main details:has(form[action])";
let leaving = false;
let again;
let lastTouch = -STILL_MS;
addEventListener("beforeunload", () => { leaving = true; });
addEventListener("pageshow", () => { leaving = false; });
for (const touch of ["keydown", "pointerdown", "focusout"])
  addEventListener(touch, () => { lastTouch = performance.now(); }, true);

const isBegun = () => [...document.querySelectorAll(WRITTEN)].some((one) => one.checkVisibility() && one.value !== one.defaultValue);
const isBusy = (here) => here?.matches("input, textarea, select") || performance.now() - lastTouch < STILL_MS || isBegun();
const nameOf = (fold) => fold.querySelector("form[action]").getAttribute("action");
function reload() {
  clearTimeout(again);
  const here = document.activeElement;
  if (leaving) return;
  if (isBusy(here)) { again = setTimeout(reload, STILL_MS); return; }
  if (here?.id) sessionStorage.setItem(FOCUS, here.id);
  const open = [...document.querySelectorAll(FOLDED)].filter((one) => one.open).map(nameOf);
  sessionStorage.setItem(OPEN, JSON.stringify(open));
  location.reload();
}
const wereOpen = JSON.parse(sessionStorage.getItem(OPEN) ?? "[]");
for (const fold of document.querySelectorAll(FOLDED)) if (wereOpen.includes(nameOf(fold))) fold.open = true;
sessionStorage.removeItem(OPEN);
document.getElementById(sessionStorage.getItem(FOCUS) ?? "")?.focus();
sessionStorage.removeItem(FOCUS);

function refresh(part) {
  if (part.dataset.src === "reload") return reload();
  return htmx.ajax("GET", part.dataset.src, { source: part, target: part, swap: "outerMorph" });
}

// What the reader sees no more is not asked for: the part says so, and hears no more.
function goes(part, gone) {
  clearTimeout(waiting.get(part.id || part.dataset.src));
  part.removeAttribute("data-live");
  part.replaceChildren(gone.content.cloneNode(true));
}

function hear(news) {
  if (news.id <= cursor) return;
  cursor = news.id;
  document.dispatchEvent(new CustomEvent("titian:news", { detail: news }));
  for (const part of document.querySelectorAll("[data-live]")) {
    if (!hears(part, news)) continue;
    const gone = part.querySelector(":scope > template[data-gone]");
    if (gone?.dataset.gone === news.verb) { goes(part, gone); continue; }
    const address = part.id || part.dataset.src;
    clearTimeout(waiting.get(address));
    waiting.set(address, setTimeout(() => {
      const again = part.id ? document.getElementById(part.id) : part;
      if (again?.dataset.live) refresh(again); // what came in its place may hear nothing
    }, WAIT_MS));
  }
}

const STALE_MS = Number(page.staleAfter || 40000);
const stale = (is) => document.documentElement.toggleAttribute("data-stale", is);
let silence;
function sign() {
  clearTimeout(silence);
  silence = setTimeout(stale, STALE_MS, true);
  stale(false);
}

function listen() {
  const beat = Math.max(2, Math.round(STALE_MS / 2500));
  const address = page.live || "/live";
  silence ??= setTimeout(stale, STALE_MS, true); // one that never opens says so too
  const stream = new EventSource(`${address}?since=${cursor}&beat=${beat}`);
  stream.addEventListener("open", () => { sign(); document.documentElement.dataset.live = "open"; });
  stream.addEventListener("beat", sign);
  stream.addEventListener("message", (message) => { sign(); hear(JSON.parse(message.data)); });
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
  });
}

// The event's own clock, run on from what the server last said.
const zone = page.zone;
const started = performance.now();
const reads = Date.parse(page.now || "");
function eventTime() {
  return new Date(reads + (performance.now() - started) * Number(page.speed || 1));
}
function tick() {
  const lang = document.documentElement.lang === "en" ? "en-GB" : "id";
  const options = { hour: "2-digit", minute: "2-digit", timeZone: zone || "UTC" };
  const words = eventTime().toLocaleTimeString(lang, options);
  for (const clock of document.querySelectorAll("[data-clock]")) {
    if (clock.textContent !== words) clock.textContent = words;
  }
}

document.addEventListener("keydown", (event) => {
  if (event.target.matches("input, textarea, select") || event.metaKey || event.ctrlKey) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  target.matches("input") ? target.focus() : target.click();
});

if (cursor && page.live !== "off") listen();
if (!Number.isNaN(reads)) { tick(); setInterval(tick, 1000); }

// What has been before somebody's eyes for a moment was read. To fetch the page says
// nothing: a messenger fetches it for the picture beside a link.
const READ_MS = 2000;
for (const part of document.querySelectorAll("[data-read]")) {
  let pending;
  const told = new IntersectionObserver(([seen]) => {
    clearTimeout(pending);
    if (seen.isIntersecting) pending = setTimeout(tell, READ_MS);
  });
  const tell = () => {
    if (document.hidden) { pending = setTimeout(tell, READ_MS); return; }
    told.disconnect();
    const form = new URLSearchParams({ csrfmiddlewaretoken: document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "" });
    fetch(part.dataset.read, { method: "POST", body: form, redirect: "manual" }).catch(() => {});
  };
  told.observe(part);
}
