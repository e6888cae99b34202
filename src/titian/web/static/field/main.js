// The phone's page: draws whatever the store holds into one column with the thumb's row.
import { dismiss, pending, refusals } from "./outbox.js";
import { eventNow, hhmm } from "./clock.js";
import { button, glyph, h, icon, say } from "./draw.js";
import { load, onChange, store, turnTo } from "./store.js";
import { consent, today } from "./pages/today.js";
import { sheet } from "./pages/sheets.js";
import { askPage } from "./pages/ask.js";
import { handoverPage } from "./pages/handover.js";
import { scanPage } from "./pages/custody.js";
import { talkingPage } from "./pages/talking.js";
import { telling, told } from "./pages/told.js";

const page = document.getElementById("phone-page");
let place = { name: "today" };

export function go(next) {
  place = next;
  draw(true);
}
document.addEventListener("titian:go", (event) => go(event.detail));

function drill(feed) {
  const clock = feed.event.rehearsal ? say("rehearsal") : say("live");
  return h("p", { class: "drill" }, h("span", {}, `${clock} `, h("time", { "data-clock": true }, hhmm(eventNow())), ` ${feed.event.zone_name}`),
    feed.delegation?.exercise ? h("span", {}, say("invented")) : null);
}

function banner(known) {
  if (!known.offlineSince && navigator.onLine) return null;
  const waiting = pending().length;
  const text = waiting ? say("offline", waiting) : say("offline_none", hhmm(eventNow()));
  return h("div", { class: "banner", role: "status" }, icon("cloud-off"), h("span", {}, text));
}

function refused() {
  const found = refusals();
  if (!found.length) return null;
  return h("div", { class: "note note-red", role: "alert" }, h("div", { class: "grow" }, found.map((one) => h("p", {}, say("refused", one.sentence)))), button(say("back"), dismiss));
}

function foot() {
  const to = (name) => () => go({ name });
  return h("nav", { class: "foot", "aria-label": say("note") },
    button(say("note"), to("note"), { drawn: "pencil", icon: "pencil", id: "foot-note" }),
    button(say("call"), to("call"), { icon: "phone" }),
    button(say("map"), to("map"), { icon: "map-pin" }),
    button(say("alarm"), to("alarm"), { kind: "btn-red", icon: "bell", id: "foot-alarm" }));
}

function body(feed) {
  if (!feed.delegation && place.name !== "decline") return [told(feed), feed.asked ? consent(feed) : h("section", { class: "pad" }, h("p", {}, say("no_delegation"))), telling(feed)];
  if (place.name === "today") return today(feed);
  if (place.name === "ask") return askPage(feed, place.id);
  if (place.name === "handover") return handoverPage(feed);
  if (place.name === "scan") return scanPage(feed);
  if (place.name === "talking") return talkingPage(feed, place.id);
  return sheet(feed, place.name, place);
}

function top(feed) {
  const head = feed.delegation;
  if (!head) return null;
  return h("div", { class: "top" }, h("div", { class: "grow" }, h("h1", { class: "lg" }, head.name), h("p", { class: "dim sm cut" }, head.head)),
    head.late ? h("span", { class: "st st-late" }, head.late) : null,
    h("a", { class: "btn btn-bare", href: "/asks/" }, h("span", { class: "who", "aria-hidden": "true" }, head.initials), h("span", { class: "sr" }, head.reader)));
}

// One's other delegations, one tap away; what waits there is told.
function turning(feed) {
  if (feed.mine.length < 2) return null;
  return h("nav", { class: "turning", "aria-label": say("my_delegations") }, feed.mine.map((one) => {
    const duty = one.on_duty === "attached" ? say("on_duty_now") : one.on_duty ? say("on_call_now") : null;
    const words = [one.name, duty, one.waiting ? say("asks_waiting", one.waiting) : null].filter(Boolean).join(", ");
    const turn = () => { place = { name: "today" }; turnTo(one.id); };
    return h("button", { class: "btn", type: "button", id: `turn-${one.code}`, "aria-current": one.id === feed.delegation.id ? "true" : null, onclick: turn },
      one.on_duty === "attached" ? glyph("ok") : null, one.code, one.waiting ? h("span", { class: "tag", "aria-hidden": "true" }, String(one.waiting)) : null, h("span", { class: "sr" }, `, ${words}`));
  }));
}

// Words that are begun and not sent stay as they are, wherever the thumb is meanwhile.
page.addEventListener("submit", (event) => { event.target.dataset.sent = ""; }, true);
page.addEventListener("input", (event) => { delete event.target.form?.dataset.sent; });
const isBegun = () => [...page.querySelectorAll("form:not([data-sent]) :is(textarea, input.box)")].some((one) => one.checkVisibility() && one.value !== one.defaultValue);

function draw(moved = false) {
  const known = store();
  const feed = known.feed;
  if (!feed) return;
  const typing = page.querySelector("form:focus-within");
  if ((typing || isBegun()) && !moved) return; // nothing moves under a person who writes
  const scrolled = page.querySelector("main")?.scrollTop ?? 0;
  const focused = document.activeElement?.id;
  const unfolded = moved ? [] : [...page.querySelectorAll("details[open] > summary[id]")].map((one) => one.id);
  page.replaceChildren(
    h("header", {}, drill(feed), banner(known), top(feed), feed.delegation ? turning(feed) : null),
    h("main", { id: "main", tabindex: "-1", "data-waiting": String(pending().length) }, refused(), body(feed)),
    feed.delegation ? foot() : "");
  for (const id of unfolded) document.getElementById(id)?.parentElement.setAttribute("open", "");
  const main = page.querySelector("main");
  if (moved) main.focus();
  else {
    main.scrollTop = scrolled;
    if (focused) document.getElementById(focused)?.focus();
  }
}

// A notification was opened: to the request it was about, here or on the desk's page.
function opened(hash) {
  const asked = Number(hash.match(/^#ask-(\d{1,15})$/)?.[1]);
  if (!asked) return;
  history.replaceState(null, "", location.pathname);
  if (store().feed?.asks?.some((one) => one.id === asked)) go({ name: "ask", id: asked });
  else location.assign(`/asks/${asked}/`);
}
let first = true;
onChange(() => {
  if (first && store().feed) { first = false; opened(location.hash); }
  draw();
});
document.addEventListener("titian:changed", () => draw());
navigator.serviceWorker?.addEventListener("message", (event) => { load(); opened(new URL(event.data.to, location.origin).hash); });
setInterval(() => {
  for (const clock of document.querySelectorAll("[data-clock]")) clock.textContent = hhmm(eventNow());
}, 1000);
setInterval(() => place.name === "today" && draw(), 15000);
