// The rules of both sides: a question, what answered it, who has not read them yet.
import { act } from "../acts.js";
import { glyph, h, icon, say, section, state } from "../draw.js";
import { pending } from "../outbox.js";

// An answer is articles, each with who issued it and its days; there is no other sentence in it.
function cited(one) {
  const days = [one.from ? say("rule_from", one.from) : null, one.to ? say("rule_to", one.to) : null].filter(Boolean).join(" · ");
  return h("li", { class: "stack notice" }, h("a", { href: `/rules/${one.id}/`, lang: one.lang }, one.text),
    h("p", { class: "sm dim" }, h("cite", {}, one.authority), days ? ` · ${days}` : null),
    one.replaced_by ? h("p", { class: "sm" }, say("rule_replaced", one.replaced_by)) : null);
}

function answer(one) {
  const unknown = one.asked
    ? h("p", { class: "line" }, glyph("late"), h("span", {}, say("rule_unknown", one.asked.team, one.asked.code)))
    : h("p", { class: "line" }, glyph("late"), h("span", {}, say("rule_unknown_all")));
  return h("li", { class: "stack notice" }, h("p", { class: "b" }, one.question),
    one.cited.length ? h("ul", { class: "rows" }, one.cited.map(cited)) : unknown,
    one.asked?.answer ? h("p", { class: "voice" }, one.asked.answer) : null);
}

function question(feed) {
  const send = (event) => {
    event.preventDefault();
    const words = new FormData(event.target).get("question").trim();
    document.activeElement?.blur();
    if (words) act("rule.ask", feed.delegation.id, { words });
  };
  return h("form", { class: "form pad pad-t0", id: "ask-rules-form", onsubmit: send },
    h("div", {}, h("label", { for: "rule-question" }, say("rule_question")), h("input", { class: "box", id: "rule-question", name: "question", maxlength: 400, required: true, autocomplete: "off" }), h("p", { class: "help" }, say("rule_help"))),
    h("button", { class: "btn btn-wide", type: "submit", id: "ask-rules" }, icon("search"), say("rule_ask")));
}

export function rules(feed) {
  const known = feed.rules;
  const waiting = pending().filter((one) => one.command === "rule.ask" && one.subject === feed.delegation.id);
  const unread = known.names.map((one) => h("li", {}, h("span", { class: "grow" }, one.name), h("span", { class: "dim" }, say("rule_read_of", one.read, one.of))));
  return section(say("rules"), known.unread ? h("span", { class: "st-late" }, say("rule_unread", known.unread)) : null,
    known.permits.length ? h("ul", { class: "rows" }, known.permits.map((one) => h("li", {}, h("span", { class: "grow" }, say("rule_permit", one.what)), state(one.tone, say(one.tone === "red" ? "rule_permit_red" : "rule_permit_late"))))) : null,
    question(feed),
    waiting.length ? h("ul", { class: "rows" }, waiting.map((one) => h("li", {}, h("span", { class: "grow" }, one.arguments.words), h("span", { class: "dim sm" }, say("rule_waits"))))) : null,
    known.answers.length ? h("ul", { class: "rows", id: "rule-answers" }, known.answers.map(answer)) : null,
    unread.length ? h("details", { class: "pad pad-t0" }, h("summary", { class: "btn btn-quiet btn-wide", id: "rule-unread" }, say("rule_who_unread")), h("ul", { class: "rows" }, unread)) : null,
    h("p", { class: "pad pad-t0" }, h("a", { href: `/rules/?for=${feed.delegation.id}` }, say("rule_all"))));
}
