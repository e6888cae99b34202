// Bilaterals in one hand: agree, answer otherwise, say that one's side comes.
import { near } from "../clock.js";
import { button, h, say, section, state } from "../draw.js";
import { pending } from "../outbox.js";
import { act } from "../acts.js";
import { area, labelled, line } from "./sheets.js";

const saidHere = (one) => pending().some((kept) => kept.command.startsWith("bilateral.") && kept.subject === one.id);

function lengths(feed, chosen, id) {
  return h("select", { class: "box", id, name: "minutes" }, feed.lengths.map((one) => h("option", { value: one, selected: one === chosen }, say("min", one))));
}

function wish(feed, id, given) {
  return [labelled(`${id}-minutes`, say("b_minutes"), lengths(feed, given.minutes, `${id}-minutes`)),
    labelled(`${id}-people`, say("b_people"), line("people", String(given.people), { id: `${id}-people`, type: "number", min: 2, max: 60, required: true })),
    labelled(`${id}-words`, say("b_words"), area("words", given.words, { id: `${id}-words`, maxlength: 3000, rows: 3 }))];
}

function wanted(event) {
  const given = new FormData(event.target);
  event.preventDefault();
  document.activeElement?.blur();
  event.target.closest("details").open = false;
  return { minutes: Number(given.get("minutes")), people: Number(given.get("people")), words: given.get("words") };
}

function answer(feed, one) {
  const counter = (event) => act("bilateral.counter", one.id, wanted(event));
  return h("div", { class: "stack gap-m2" }, button(say("b_agree"), () => act("bilateral.agree", one.id), { kind: "btn-go btn-wide", icon: "check", id: `b-agree-${one.id}` }),
    h("details", {}, h("summary", { class: "btn btn-wide", id: `b-other-${one.id}` }, say("b_counter")), h("form", { class: "form gap-m2", onsubmit: counter }, wish(feed, `b-${one.id}`, one),
      h("button", { class: "btn btn-go btn-wide", type: "submit", id: `b-counter-${one.id}` }, say("b_send")))),
    h("details", {}, h("summary", { class: "btn btn-wide" }, say("b_decline")), h("p", { class: "sm dim" }, say("b_no_reason")),
      button(say("b_decline_it"), () => act("bilateral.decline", one.id), { kind: "btn-wide", id: `b-decline-${one.id}` })));
}

function acts(feed, one) {
  if (saidHere(one)) return state("hand", say("item_sent"));
  if (one.waits === "confirm") return button(say("b_comes"), () => act("bilateral.confirm", one.id), { kind: "btn-go btn-wide", icon: "check", id: `b-confirm-${one.id}` });
  return one.waits === "answer" ? answer(feed, one) : null;
}

function row(feed, one) {
  return h("li", {}, h("div", { class: "grow stack" }, h("p", { class: "line" }, h("a", { class: "b grow", href: `/bilaterals/${one.id}/` }, one.with), one.at ? h("span", { class: "nw" }, near(one.at)) : null),
    h("p", { class: "sm dim" }, [one.line, one.place, one.level, say("min", one.minutes)].filter(Boolean).join(" · ")),
    one.waits === "answer" && one.words ? h("p", { class: "voice" }, one.words) : null, acts(feed, one)));
}

export function bilaterals(feed) {
  const rows = feed.bilaterals;
  if (!rows) return null;
  const waiting = rows.filter((one) => one.waits && !saidHere(one)).length;
  return section(say("b_title"), waiting ? h("span", { class: "st-late" }, say("waiting_for_you", waiting)) : null,
    rows.length ? h("ul", { class: "rows", id: "bilaterals" }, rows.map((one) => row(feed, one))) : h("p", { class: "pad dim" }, say("b_none")),
    h("p", { class: "pad" }, h("a", { class: "btn btn-wide", href: "/bilaterals/new/", id: "b-new" }, say("b_ask"))));
}
