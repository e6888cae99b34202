// When it burns: the alarm with and without data, the call to answer, steps to tick.
import { near } from "../clock.js";
import { answered, reported, smsTo } from "../code.js";
import { button, h, icon, say, section, state } from "../draw.js";
import { act, go } from "../acts.js";
import { pending } from "../outbox.js";

const FIRST = ["medical", "security", "lost_person", "other"];
const home = () => go({ name: "today" });

const told = () => ({
  words: document.getElementById("alarm-words").value,
  place: document.getElementById("alarm-place").value,
  severity: Number(new FormData(document.getElementById("alarm-form")).get("severity")),
});

export function alarm(feed) {
  const raise = (kind) => () => {
    const given = told();
    act("incident.raise_alarm", feed.delegation.id, { kind, ...given });
    if (navigator.onLine || !feed.sms.number) home();
    else go({ name: "sms", kind, ...given });
  };
  const names = Object.fromEntries(feed.sms.alarms);
  const red = (kind) => button(names[kind], raise(kind), { kind: "btn-red btn-wide go-big", icon: "bell", id: `alarm-${kind}` });
  const severity = [[1, say("minor")], [2, say("serious")], [3, say("grave")]].map(([value, text]) =>
    h("label", {}, h("input", { type: "radio", name: "severity", value, checked: value === 2 }), text));
  return h("section", { class: "pad stack" }, h("h2", { class: "xl" }, say("alarm_title")), h("p", {}, say("alarm_help")),
    h("form", { class: "form", id: "alarm-form", onsubmit: (event) => event.preventDefault() },
      h("fieldset", { class: "bare" }, h("legend", {}, say("how_grave")), h("div", { class: "choices" }, severity)),
      h("div", { class: "stack" }, FIRST.map(red)),
      h("details", {}, h("summary", { class: "btn btn-wide" }, say("other_alarms")), h("div", { class: "stack gap-t" }, feed.sms.alarms.map(([kind]) => kind).filter((kind) => !FIRST.includes(kind)).map(red))),
      h("div", {}, h("label", { for: "alarm-place" }, say("where_is_it")), h("input", { class: "box", id: "alarm-place", name: "place", maxlength: 120, autocomplete: "off" })),
      h("div", {}, h("label", { for: "alarm-words" }, say("more_words")), h("textarea", { class: "box", id: "alarm-words", name: "words", rows: 3 }))));
}

// The same alarm by the phone's own SMS; what waits in the outbox is then the same one.
export function sms(feed, place) {
  const text = reported(feed.sms.party, place.kind, place.severity, place.place);
  return h("section", { class: "pad stack" }, h("h2", { class: "xl" }, say("sms_title")), h("p", {}, say("sms_help")),
    h("p", { class: "code lg", id: "sms-text" }, text),
    h("a", { class: "btn btn-red btn-wide go-big", id: "sms-link", href: smsTo(feed.sms.number, text) }, icon("message-2"), say("sms_send")));
}

export function rolls(feed) {
  if (!feed.rolls?.length) return null;
  return feed.rolls.map((one) => {
    const mine = pending().findLast((kept) => kept.command === "roll.answer" && kept.subject === one.id);
    const word = mine?.arguments.word ?? one.word;
    const tap = (said) => () => act("roll.answer", one.id, { word: said, delegation_id: feed.delegation.id });
    const choices = ["safe", "missing", "injured"].map((said) =>
      button(say(`roll_${said}`), tap(said), { kind: `btn-wide go-big${said === "safe" ? " btn-go" : " btn-red"}`, id: `roll-${one.number}-${said}` }));
    return section(say("roll_title", `M${one.number}`), word ? state(word === "safe" ? "ok" : "red", say(`roll_${word}`)) : state("red", say("not_answered")),
      h("div", { class: "pad stack pad-t0", id: `roll-${one.number}` }, one.area ? h("p", { class: "b" }, one.area) : null, choices,
        feed.sms.number ? h("details", {}, h("summary", { class: "btn btn-quiet btn-wide" }, say("by_sms")), h("div", { class: "stack gap-t" }, ["safe", "missing", "injured"].map((said) =>
          h("a", { class: "btn btn-wide", href: smsTo(feed.sms.number, answered(one.number, feed.sms.party, said)) }, say(`roll_${said}`))))) : null));
  });
}

// Two taps: how the guest found it, on the guest's word.
export function howWasIt(feed) {
  const gone = pending().filter((one) => one.command === "feedback.give").map((one) => `${one.arguments.about}:${one.arguments.subject_id}`);
  const rows = (feed.ended ?? []).filter((one) => !gone.includes(`${one.about}:${one.subject}`));
  if (!rows.length || !feed.guests.length) return null;
  return section(say("how_was_it"), null, h("ul", { class: "rows", id: "how-was-it" }, rows.map((one) =>
    h("li", {}, h("details", { class: "grow" }, h("summary", { class: "btn btn-quiet btn-wide" }, one.title), h("div", { class: "stack gap-t" },
      h("p", { class: "sm dim" }, say("on_word", feed.guests[0].name)),
      ["happy", "fair", "unhappy"].map((word) => button(say(word), () => act("feedback.give", feed.delegation.id, { about: one.about, word, subject_id: one.subject }, { on_word_of: feed.guests[0].id, means: "face" }), { kind: "btn-wide", id: `${word}-${one.about}-${one.subject}` }))))))));
}

export function todo(feed) {
  const gone = new Set(pending().filter((one) => one.command === "step.tick").map((one) => one.subject));
  const rows = (feed.steps ?? []).filter((one) => !gone.has(one.id));
  if (!rows.length) return null;
  return section(say("todo"), String(rows.length), h("ul", { class: "rows", id: "todo" }, rows.map((one) =>
    h("li", {}, h("span", { class: "grow" }, one.what, " ", one.late ? h("span", { class: "sm" }, state("red", near(one.due_at))) : h("span", { class: "sm dim" }, near(one.due_at))),
      one.bare ? button(say("done"), () => act("step.tick", one.id), { id: `step-${one.id}`, label: `${one.what}: ${say("done")}` })
        : h("a", { class: "btn btn-quiet", href: `/timeline/steps/${one.id}/`, "aria-label": `${one.what}: ${say("look")}` }, say("look"))))));
}
