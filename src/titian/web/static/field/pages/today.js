// My delegation now: leave-by, the next three, requests, promises, milestones, relief.
import { eventNow, hhmm, near } from "../clock.js";
import { button, glyph, h, icon, minutes, say, section, state } from "../draw.js";
import { act, go } from "../acts.js";
import { pending } from "../outbox.js";
import { bilaterals } from "./bilaterals.js";
import { howWasIt, rolls, todo } from "./emergency.js";
import { duty, handing, met, things } from "./handover.js";
import { reports } from "./meetings.js";
import { rules } from "./rules.js";
import { cards, notices } from "./notices.js";
import { talking } from "./talking.js";
import { telling, told } from "./told.js";

const STEPS = ["wheels_up", "landed", "cleared", "on_the_road", "at_the_hotel"];
const FIRST = STEPS.indexOf("landed"); // who waits at the airport sees no take-off

const THINK_BETTER_MS = 120000;
const SEATS_SHOWN = 3;

// The last that this phone said of a step and the house has not answered yet.
function saidHere(journey, step) {
  return pending().findLast((one) => one.command.startsWith("journey.") && one.subject === journey.id && one.arguments.state === step);
}
function keptHere(journey, step) {
  const last = saidHere(journey, step);
  return last?.command === "journey.mark" ? last : null;
}
function reached(journey, step) {
  if (saidHere(journey, step)?.command === "journey.take_back") return null;
  return journey.milestones.find((one) => one.state === step);
}
// One's own last tap, for two minutes; before the house knows of it, from the outbox.
function undoable(journey) {
  const last = pending().findLast((one) => one.command.startsWith("journey.") && one.subject === journey.id);
  if (last) return last.command === "journey.mark" && eventNow() - Date.parse(last.at) <= THINK_BETTER_MS ? last.arguments.state : null;
  return journey.undo && eventNow() <= Date.parse(journey.undo.until) ? journey.undo.state : null;
}
function nextStep(journey) {
  if (!journey || journey.kind !== "arrival") return null;
  const last = Math.max(FIRST - 1, ...STEPS.map((step, i) => (reached(journey, step) || keptHere(journey, step) ? i : -1)));
  return STEPS[last + 1] ?? null;
}

function undone(journey) {
  const step = journey && undoable(journey);
  if (!step) return null;
  return button(say("undo_step", say(step)), () => act("journey.take_back", journey.id, { state: step }), { kind: "btn-wide gap-t", id: "undo" });
}

function leaveBy(feed) {
  const first = feed.next.find((one) => one.leave_at) ?? feed.next[0];
  const journey = feed.journey;
  const step = nextStep(journey);
  if (!first && !step) return null;
  const left = first?.leave_at ? Date.parse(first.leave_at) - eventNow() : null;
  const tap = () => act("journey.mark", journey.id, { state: step });
  return h("section", { class: "pad", "aria-label": say("leave_at") },
    first?.leave_at ? h("div", { class: "line line-end" }, h("div", { class: "grow" }, h("p", { class: "dim" }, say("leave_at")), h("p", { class: "huge" }, near(first.leave_at))),
      h("p", { class: `b lg${left < 0 ? " st-red" : ""}` }, left < 0 ? say("late_by", minutes(left)) : say("left", minutes(left)))) : null,
    first?.way ? h("p", { class: "sm dim gap-t" }, say("way", first.way.to, say("min", first.way.minutes))) : null,
    undone(journey),
    step ? h("button", { class: "btn btn-go go-big btn-wide gap-t", type: "button", id: "tap-next", "data-step": step, onclick: tap }, say("mark", say(step)), icon("check")) : null);
}

// Where they sit; of a large delegation the first few, the others behind a tap.
function seats(one) {
  const rows = (one.seats ?? []).map((seat) =>
    h("div", { class: "sm seat" }, seat.who ? say("seat_of", seat.who, seat.where) : say("seat", seat.where)));
  if (rows.length <= SEATS_SHOWN) return rows;
  return [...rows.slice(0, SEATS_SHOWN), h("details", { class: "sm", id: `seats-${one.at}` }, h("summary", {}, say("more_seats", rows.length - SEATS_SHOWN)), rows.slice(SEATS_SHOWN))];
}

function nextItems(feed) {
  const rows = feed.next.map((one) => h("li", { class: "next" }, h("div", { class: "when" }, near(one.at)),
    h("div", {}, h("div", { class: "line" }, h("span", { class: "b grow" }, one.title), one.planned && one.planned !== one.at ? h("del", { class: "faint" }, near(one.planned)) : null),
      one.place ? h("div", { class: "dim sm" }, one.place) : null,
      one.private || !one.official ? h("div", { class: "sm line" }, icon(one.private ? "lock" : "eye-off"), h("span", {}, one.private ? say("private") : say("unofficial"))) : null,
      seats(one),
      one.dress ? h("div", { class: "sm dim" }, say("dress", one.dress)) : null,
      one.contact ? h("div", { class: "sm dim" }, say("in_charge", one.contact)) : null,
      one.leave_at ? h("div", { class: "sm line" }, icon("clock"), h("span", {}, say("be_there", near(one.leave_at)))) : null)));
  return section(say("next"), null, rows.length ? h("ol", {}, rows) : h("p", { class: "pad dim pad-t0" }, say("nothing_next")));
}

const nextStepOf = (one) => (!one.waits_for_me ? "look" : one.state !== "said" ? "check" : one.recovery ? "look_after" : "pass_on");

function requests(feed) {
  const mine = feed.asks.filter((one) => one.waits_for_me).length;
  const rows = feed.asks.map((one) => h("div", { class: "pad line" }, h("div", { class: "grow" }, h("p", { class: "b" }, one.title),
    h("p", { class: `sm ${one.overdue ? "st-red" : "dim"}` }, one.line)),
    button(say(nextStepOf(one)), () => go({ name: "ask", id: one.id }), { label: `${one.title}: ${say("look")}`, id: `ask-${one.id}`, kind: one.waits_for_me ? "" : "btn-quiet" })));
  return section(say("requests"), mine ? h("span", { class: "st-late" }, say("waiting_for_you", mine)) : null, rows.length ? rows : h("p", { class: "pad dim pad-t0" }, say("no_requests")));
}

const settled = (one) => pending().some((kept) => kept.command.startsWith("promise.") && kept.subject === one.id);
// Not kept: a word about it goes to the guest, so it is asked for here.
function broken(one) {
  const send = (event) => {
    event.preventDefault();
    const reason = new FormData(event.target).get("reason");
    document.activeElement?.blur();
    act("promise.break_off", one.id, { words: reason });
  };
  const id = `broken-why-${one.id}`;
  return h("details", { class: "whole" }, h("summary", { class: "btn btn-quiet", id: `broken-${one.id}` }, say("broken")),
    h("form", { class: "form gap-m2", onsubmit: send }, h("div", {}, h("label", { for: id }, say(one.direction === "ours" ? "broken_why" : "reason")), h("input", { class: "box", id, name: "reason", required: true, maxlength: 300, autocomplete: "off" })),
      h("button", { class: "btn btn-wide", type: "submit" }, say("broken_do"))));
}

function promises(feed) {
  const owed = feed.promises.filter((one) => one.broken && !settled(one)).map((one) => h("li", { class: "stack notice" }, h("p", {}, state("red", say("broken"))), h("p", {}, one.words), one.why ? h("p", { class: "sm dim" }, one.why) : null,
    button(say("word_given"), () => act("promise.give_word", one.id), { kind: "btn-go btn-wide", icon: "check", id: `word-${one.id}`, label: `${one.words}: ${say("word_given")}` })));
  const rows = feed.promises.filter((one) => !one.broken).map((one) => h("li", { class: "wrap promise" }, h("span", { class: "grow" }, say(one.direction === "ours" ? "we" : "they", one.words)),
    one.overdue ? state("red", near(one.due_at)) : h("span", { class: "dim" }, near(one.due_at)),
    one.may_keep && !settled(one) ? button(say("kept"), () => act("promise.keep", one.id), { label: `${one.words}: ${say("kept")}` }) : null,
    one.may_keep && !settled(one) ? broken(one) : null));
  return section(say("promises"), null, rows.length + owed.length ? h("ul", { class: "rows" }, owed, rows) : h("p", { class: "pad dim pad-t0" }, say("no_promises")));
}

function milestones(feed) {
  const journey = feed.journey;
  if (!journey) return null;
  const first = h("li", {}, h("span", { class: "grow" }, journey.expected_at ? say("expected") : say("scheduled")),
    journey.precision === "day" ? h("span", { class: "dim" }, say("day_only")) : h("span", { class: "dim" }, journey.at ? near(journey.at) : "–"));
  const rows = journey.kind !== "arrival" ? [] : STEPS.map((step) => {
    const done = reached(journey, step);
    const kept = keptHere(journey, step);
    const mark = () => act("journey.mark", journey.id, { state: step });
    return h("li", {}, h("span", { class: "grow" }, say(step)),
      done?.heard_at ? h("span", { class: "dim sm" }, say("reported", near(done.heard_at))) : null,
      done ? state("ok", done.precision === "day" ? say("day_only") : near(done.at)) : kept ? state("hand", say("kept_here", hhmm(kept.at)))
        : h("button", { class: `btn ${step === nextStep(journey) ? "btn-go" : "btn-quiet"}`, type: "button", id: `tap-${step}`, "aria-label": say("mark", say(step)), onclick: mark }, icon("check")));
  });
  return section(say("milestones"), null, h("ol", { class: "rows" }, first, rows));
}

function confirmations(feed) {
  if (!feed.confirmations.length) return null;
  return section(say("confirmations"), null, h("ul", { class: "rows" }, feed.confirmations.map((one) =>
    h("li", {}, h("span", { class: "grow" }, one.loudness > 1 ? glyph("late") : null, one.sentence), button(say("seen"), () => act("confirmation.confirm", one.id), { id: `seen-${one.id}` })))));
}

function relief(feed) {
  const one = feed.relief;
  return section(say("relief"), null, h("div", { class: "pad stack pad-t0" }, one
    ? h("div", { class: "line" }, h("span", { class: "who who-2", "aria-hidden": "true" }, one.initials), h("p", { class: "b grow" }, say("from", one.name, near(one.from))), one.phone ? h("a", { class: "btn", href: `tel:${one.phone}`, "aria-label": `${say("call")} ${one.name}` }, icon("phone")) : null)
    : h("p", { class: "dim" }, say("no_relief"))));
}

const spans = (row) => row.hours.map((one) => h("p", { class: "sm dim" }, say("span", near(one.from), near(one.to))));
function askedRow(row) {
  return h("li", {}, h("div", { class: "grow" }, h("p", { class: "b" }, row.delegation), row.hours.length ? spans(row) : h("p", { class: "sm dim" }, say("no_hours"))),
    button(say("decline"), () => go({ name: "decline", id: row.id }), { kind: "btn-quiet", label: `${row.delegation}: ${say("decline")}`, id: `decline-${row.id}` }));
}
// One card for all that one is asked: yes to everything, or no to one with its reason.
export function consent(feed) {
  const answered = pending().filter((one) => one.command === "officer.agree_to_all" || one.command === "assignment.decline");
  const gone = new Set(answered.flatMap((one) => one.arguments.assignment_ids ?? [one.subject]));
  const rows = feed.asked?.rows.filter((one) => !gone.has(one.id)) ?? [];
  if (!rows.length) return null;
  const onCall = rows.filter((one) => one.on_call);
  const all = () => act("officer.agree_to_all", feed.asked.officer, { assignment_ids: rows.map((one) => one.id) });
  return section(say("asked_you"), String(rows.length), h("ul", { class: "rows", id: "asked" }, rows.filter((one) => !one.on_call).map(askedRow)),
    onCall.length ? h("details", { class: "pad" }, h("summary", { class: "btn" }, say("asked_on_call", onCall.length)), h("ul", { class: "rows" }, onCall.map(askedRow))) : null,
    h("div", { class: "pad" }, button(say(rows.length > 1 ? "agree_to_all" : "agree"), all, { kind: "btn-go btn-wide go-big", id: "agree-to-all" })));
}

export function today(feed) {
  return [rolls(feed), todo(feed), cards(feed), told(feed), leaveBy(feed), consent(feed), handing(feed), met(feed), reports(feed), talking(feed), bilaterals(feed), notices(feed), confirmations(feed), nextItems(feed), requests(feed), promises(feed), things(feed), milestones(feed), rules(feed), howWasIt(feed), relief(feed), duty(feed), telling(feed)];
}
