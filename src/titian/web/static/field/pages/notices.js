// What has changed and must be known: one tap acknowledges; and words that go at once.
import { button, h, icon, say, section, state } from "../draw.js";
import { pending } from "../outbox.js";
import { act } from "../acts.js";
import { near } from "../clock.js";

const said = (command, id) => pending().some((one) => one.command === command && one.subject === id);
const seen = new Set();
const FEW = 3; // so many names are read at a glance; more are counted

// To have it before one's eyes is to have read it; told once.
function read(one) {
  if (one.read || seen.has(one.id)) return;
  seen.add(one.id);
  act("copy.read", one.id);
}

function how(one) {
  if (one.state === "superseded") return h("p", { class: "sm st-still" }, say("newer"));
  if (one.state === "withdrawn") return h("p", { class: "sm st-still" }, say("withdrawn_notice", one.ended));
  if (one.acknowledged || said("copy.acknowledge", one.id)) return state("ok", say("acknowledged"));
  return button(say("known"), () => act("copy.acknowledge", one.id), { kind: "btn-go btn-wide", icon: "check", id: `known-${one.id}`, label: `${one.title}: ${say("known")}` });
}

function notice(one) {
  read(one);
  const change = one.old ? say("from_to", one.old, one.new) : one.new;
  return h("li", { class: "stack notice" }, h("p", { class: "line" }, h("span", { class: "b grow" }, one.title), one.exercise ? h("span", { class: "tag tag-drill" }, say("exercise")) : null),
    h("p", { class: one.state === "sent" ? null : "dim" }, change),
    one.instead ? h("p", {}, one.instead) : null,
    one.reason ? h("p", { class: "sm dim" }, say("because", one.reason)) : null,
    how(one));
}

export function notices(feed) {
  const waiting = feed.notices.filter((one) => one.state === "sent" && !one.acknowledged).length;
  if (!feed.notices.length) return null;
  return section(say("notices"), waiting ? h("span", { class: "st-late" }, say("waiting_for_you", waiting)) : null, h("ul", { class: "rows" }, feed.notices.map(notice)));
}

// Said once it says so, when and to whom; to say it again is meant, not a slip.
function sayIt(feed, one) {
  const tap = (words) => button(words, () => act("card.send_card", feed.delegation.id, { playbook_id: one.id }), { kind: "btn-red btn-wide", icon: "bell", id: `card-${one.id}` });
  const waits = pending().some((put) => put.command === "card.send_card" && put.subject === feed.delegation.id && put.arguments.playbook_id === one.id);
  if (waits) return h("p", { class: "gap-t" }, state("hand", say("item_sent")));
  if (!one.sent) return tap(say("say_it"));
  const { at, to } = one.sent;
  const whom = to.length > FEW ? say("people_many", to.length) : to.join(", ");
  return [h("p", { class: "gap-t", id: `said-${one.id}` }, state("ok", say("card_sent", near(at))), " ", h("span", { class: "sm" }, whom)),
    h("details", {}, h("summary", { class: "btn btn-quiet btn-wide", id: `again-${one.id}` }, say("card_again")), tap(say("card_again_yes")))];
}

export function cards(feed) {
  if (!feed.cards.length) return null;
  const card = (one) => h("li", {}, h("details", { class: "grow", open: one.fits }, h("summary", { class: "b" }, one.name), h("p", { class: "voice gap-t" }, one.words),
    sayIt(feed, one)));
  const rest = feed.cards.filter((one) => !one.fits);
  return section(say("safety_cards"), null, h("p", { class: "pad dim pad-t0" }, say("safety_help")),
    h("ul", { class: "rows" }, feed.cards.filter((one) => one.fits).map(card)),
    rest.length ? h("details", { class: "pad pad-t0", id: "more-cards" }, h("summary", { class: "btn btn-quiet btn-wide" }, say("more_cards", rest.length)), h("ul", { class: "rows" }, rest.map(card))) : null);
}

// Two taps: it opens, and it goes.
export function press(feed, ask) {
  if (ask.diverted) {
    return h("section", { class: "pad stack" }, h("p", { class: "line" }, icon("lock"), h("span", {}, say("at_press"))), feed.holding ? h("p", { class: "voice" }, say("you_may_say", feed.holding)) : null);
  }
  if (ask.state === "answered") return null;
  return h("section", { class: "pad" }, h("details", {}, h("summary", { class: "dim", id: "for-press" }, say("for_press")),
    button(say("to_press"), () => act("ask.divert", ask.id), { kind: "btn-wide", id: "to-press" })));
}
