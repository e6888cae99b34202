// What this phone rang for, and whether it may ring: asked for by a tap, never on arrival.
import { near } from "../clock.js";
import { button, h, say, section, state } from "../draw.js";
import { act } from "../acts.js";
import { pending } from "../outbox.js";

const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
const SHOWN = 2;
const PLACE = { scope: "/field/" };
let here = null; // the mark of this browser's own subscription, if it has one
let problem = null;
const changed = () => document.dispatchEvent(new Event("titian:changed"));

const bytes = (base64) => Uint8Array.from(atob(base64.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
async function markOf(endpoint) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return [...new Uint8Array(digest)].map((one) => one.toString(16).padStart(2, "0")).join("");
}
async function subscription() {
  const worker = await navigator.serviceWorker.getRegistration(PLACE.scope);
  return worker?.pushManager.getSubscription();
}
async function look() {
  const found = able ? await subscription() : null;
  here = found ? await markOf(found.endpoint) : null;
  changed();
}

// The browser asks its own question here, after the person's tap; "no" is an answer.
async function start(feed) {
  problem = null;
  try {
    if (await Notification.requestPermission() !== "granted") return changed();
    const worker = await navigator.serviceWorker.register("/field/worker.js", PLACE);
    await navigator.serviceWorker.ready;
    await (await worker.pushManager.getSubscription())?.unsubscribe(); // perhaps under an older key
    const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(feed.push.key) });
    const { endpoint, keys } = made.toJSON();
    here = await markOf(endpoint);
    await act("device.subscribe", feed.me.id, { endpoint, p256dh: keys.p256dh, auth: keys.auth, name: named(), language: document.documentElement.lang });
  } catch { problem = say("tell_failed"); }
  return changed();
}
async function stop(id, isHere) {
  act("device.unsubscribe", id);
  if (!isHere) return;
  await (await subscription())?.unsubscribe();
  here = null;
  changed();
}
const named = () => navigator.userAgentData?.platform || navigator.userAgent.match(/\(([^;)]+)/)?.[1] || "";
const stopping = (id) => pending().some((one) => one.command === "device.unsubscribe" && one.subject === id);

function thisPhone(feed) {
  if (!able) return h("p", { class: "dim sm" }, say("tell_unable"));
  const own = feed.push.devices.find((one) => one.mark === here);
  if (own && !stopping(own.id)) return h("div", { class: "line wrap" }, h("span", { class: "grow" }, state("ok", say("told_here"))), button(say("tell_no_more"), () => stop(own.id, true), { kind: "btn-quiet", id: "tell-no-more" }));
  if (Notification.permission === "denied") return h("p", { class: "note note-late" }, say("tell_blocked"));
  return [h("p", { class: "dim sm" }, say("tell_why")), problem ? h("p", { role: "alert" }, problem) : null, button(say("tell_me"), () => start(feed), { kind: "btn-wide", icon: "bell", id: "tell-me" })];
}

export function telling(feed) {
  if (!feed.push.key) return null;
  const others = feed.push.devices.filter((one) => one.mark !== here && !stopping(one.id));
  return section(say("tell_me"), null, h("div", { class: "pad pad-t0 stack" }, thisPhone(feed)),
    others.length ? h("ul", { class: "rows" }, others.map((one) => h("li", {}, h("span", { class: "grow" }, say("other_phone", one.name), " ", h("span", { class: "dim sm" }, near(one.made_at))),
      button(say("tell_no_more"), () => stop(one.id, false), { kind: "btn-quiet", id: `tell-no-more-${one.id}` })))) : null);
}

// The words a locked screen does not show.
export function told(feed) {
  const gone = (one) => pending().some((kept) => kept.command === "tiding.see" && kept.subject === one.id);
  const rows = feed.told.filter((one) => !gone(one));
  if (!rows.length) return null;
  const row = (one) => {
    const ask = one.about.match(/^loop\.ask:(\d+)$/)?.[1];
    return h("li", { class: "stack notice" }, h("p", { class: "line" }, h("span", { class: "b grow" }, ask ? h("a", { href: `/asks/${ask}/` }, one.subject) : one.subject), h("span", { class: "dim sm" }, near(one.told_at))),
      one.words ? h("p", { class: "voice" }, one.words.split("\n").filter(Boolean).flatMap((line, n) => (n ? [h("br"), line] : [line]))) : null,
      h("p", {}, button(say("told_read"), () => act("tiding.see", one.id), { icon: "check", id: `told-${one.id}` })));
  };
  const more = rows.slice(SHOWN);
  const all = () => rows.forEach((one) => act("tiding.see", one.id));
  return section(say("told_title"), String(rows.length), h("ul", { class: "rows" }, rows.slice(0, SHOWN).map(row)),
    more.length ? h("details", { class: "pad" }, h("summary", { class: "btn" }, say("told_more", more.length)), h("ul", { class: "rows" }, more.map(row))) : null,
    rows.length > 1 ? h("div", { class: "pad" }, button(say("told_all"), all, { kind: "btn-quiet", icon: "check", id: "told-all" })) : null);
}

look();
