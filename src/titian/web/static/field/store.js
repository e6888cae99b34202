// What the phone knows. Pages read it and never ask where it lies.
import { setClock } from "./clock.js";
import { flush, onOutbox, pending, start } from "./outbox.js";

const page = document.getElementById("phone-page");
const listeners = new Set();
const known = { feed: null, offlineSince: null };
let stream = null;

const CHOICE = "titian.delegation";
const feeds = new Map(); // what is known of each of one's delegations, for a lost signal
let chosen = Number(localStorage.getItem(CHOICE)) || 0;

export const store = () => known;
export const onChange = (listener) => listeners.add(listener);
const changed = () => listeners.forEach((listener) => listener());

function remember(id) {
  chosen = id;
  if (id) localStorage.setItem(CHOICE, id);
  else localStorage.removeItem(CHOICE);
}

// Turn to another of one's delegations; without a signal, to how it was last known.
export function turnTo(id) {
  remember(id);
  known.feed = feeds.get(id) ?? known.feed;
  changed();
  return load();
}

export async function load(again = false) {
  const asked = chosen;
  const held = known.feed?.delegation?.id ?? 0;
  const since = known.feed && (!asked || held === asked) && !again ? known.feed.cursor : -1;
  let response;
  try {
    response = await fetch(`${page.dataset.feed}?since=${since}&delegation=${asked}`, { headers: { Accept: "application/json" } });
  } catch {
    known.offlineSince ??= Date.now();
    return changed();
  }
  if (response.status === 401 || response.status === 403) return location.assign("/");
  if (!response.ok) return undefined;
  const feed = await response.json();
  if (asked !== chosen) return undefined; // turned to another meanwhile, which is fetched
  if (feed.unchanged && feed.shown !== held) return load(true); // the hour's duty is another's
  known.offlineSince = null;
  setClock(feed.event.now, feed.event.speed, feed.event.zone);
  known.feed = feed.unchanged ? { ...known.feed, cursor: feed.cursor, event: feed.event, push: feed.push } : feed;
  const shown = known.feed.delegation?.id;
  if (shown) feeds.set(shown, known.feed);
  if (asked && shown !== asked) remember(0); // no longer one's own
  listen();
  return changed();
}

function listen() {
  if (stream || !known.feed) return;
  stream = new EventSource(`/live?since=${known.feed.cursor}`);
  let waiting;
  const again = () => { clearTimeout(waiting); waiting = setTimeout(() => load(), 150); };
  stream.addEventListener("message", again);
  stream.addEventListener("open", () => { document.documentElement.dataset.live = "open"; flush(); });
  stream.addEventListener("error", () => {
    if (stream.readyState !== EventSource.CLOSED) return;
    stream = null;
    setTimeout(() => load(), 3000);
  });
}

let before = 0;
onOutbox(() => {
  const shrank = pending().length < before;
  before = pending().length;
  changed();
  if (shrank) load();
});
addEventListener("online", () => load());
addEventListener("offline", () => { known.offlineSince ??= Date.now(); changed(); });
start();
load();
setInterval(() => load(), 60000);
