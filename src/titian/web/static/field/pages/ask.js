// One request: the guest's words, the officer's reading, what was said back, the answer.
import { eventNow, fromInput, near, toInput } from "../clock.js";
import { button, h, icon, say, section, state } from "../draw.js";
import { beside, proposed } from "./beside.js";
import { press } from "./notices.js";
import { act, go } from "../acts.js";
import { area, choice, labelled, line } from "./sheets.js";

const home = () => go({ name: "today" });
const FIELDS = ["who", "how_many", "when", "where", "what_for"];
const wordOf = (ask) => ({ on_word_of: ask.said_by.id, means: ask.channel || "face" });

function voice(ask) {
  return h("section", { class: "pad stack" }, h("p", { class: "sm dim" }, [ask.code, ask.said_by.name, ask.came, ask.said_where, near(ask.said_at)].filter(Boolean).join(" · ")),
    ask.private ? h("p", { class: "sm line" }, icon("eye-off"), h("span", {}, say("unofficial"))) : null,
    h("div", { class: "voice" }, h("q", { class: "said", lang: ask.language || null }, ask.words)),
    ask.more.map(([words, at]) => h("div", { class: "voice" }, h("p", { class: "sm dim" }, say("said_more", near(at))), h("q", { class: "said" }, words))),
    ask.papers.map(([id, name]) => h("p", {}, h("a", { class: "btn", href: `/asks/${ask.id}/papers/${id}/`, download: name }, icon("paperclip"), name))),
    ask.about ? h("p", { class: "b" }, ask.about) : null,
    ask.gloss ? h("div", { class: "gloss" }, ask.gloss_is_machine ? h("p", { class: "sm b" }, say("machine")) : null, h("p", {}, ask.gloss),
      ask.gloss_is_machine ? button(say("verify"), () => { act("ask.verify_gloss", ask.id); home(); }, { id: "verify" }) : null) : null,
    ask.meanwhile ? h("div", { class: "voice" }, h("p", { class: "sm dim" }, say("meanwhile", ask.owner.name, near(ask.meanwhile_at))), h("p", {}, ask.meanwhile)) : null,
    h("p", { class: `sm ${ask.overdue ? "st-red" : "dim"}` }, ask.line));
}

// What is exact is said back field by field: without a field there is nothing to say.
function needsFields(form, details) {
  const first = form.elements.who;
  const missing = "exact" in form.elements.topic.selectedOptions[0].dataset && !Object.keys(details).length;
  first.setCustomValidity(missing ? say("fields_needed") : "");
  form.oninput = () => first.setCustomValidity(""); // also when another topic is chosen
  return missing && !first.reportValidity();
}

// Nobody asked: it was not good. What was done about it, in one tap, ends it.
function lookAfter(feed, ask) {
  const done = (args) => { document.activeElement?.blur(); act("ask.look_after", ask.id, args); home(); };
  const own = (event) => {
    event.preventDefault();
    done({ words: new FormData(event.target).get("words") });
  };
  return section(say("look_after"), null, h("div", { class: "pad stack pad-t0", id: "look-after" },
    h("p", { class: "sm dim" }, say("look_after_help", ask.said_by.name)),
    feed.recoveries.map(([value, words], i) => button(words, () => done({ done: value }), { kind: `btn-wide go-big${i ? "" : " btn-go"}`, id: `done-${value}` })),
    h("details", {}, h("summary", { class: "btn btn-wide" }, say("own_words")), h("form", { class: "form gap-m", onsubmit: own },
      labelled("words", say("what_was_done"), area("words", "", { required: true, maxlength: 300 })),
      h("button", { class: "btn btn-go btn-wide", type: "submit", id: "done-words" }, say("look_after"))))));
}

function recover(feed, ask) {
  return [lookAfter(feed, ask), h("details", { class: "pad", id: "pass-it-on" }, h("summary", { class: "btn btn-wide" }, say("pass_on")), passOn(feed, ask))];
}

function passOn(feed, ask) {
  const topics = feed.topics.map((one) => h("option", { value: one.id, selected: one.id === ask.suggested_topic, "data-exact": one.exact }, `${one.name} · ${one.team}`));
  const send = (event) => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.target));
    const details = Object.fromEntries(FIELDS.filter((name) => given[name]).map((name) => [name, given[name]]));
    if (needsFields(event.target, details)) return;
    document.activeElement?.blur();
    act("ask.pass_on", ask.id, { topic_id: Number(given.topic), gloss: given.gloss, title: given.title, details, urgency: given.urgency, is_private: "private" in given, due_at: given.due ? fromInput(given.due) : null });
    home();
  };
  return section(say("pass_on"), null, h("form", { class: "form pad", id: "pass-on", onsubmit: send },
    labelled("title", say("title"), line("title", ask.title || "", { maxlength: 120 })),
    labelled("gloss", say("gloss"), area("gloss", ask.gloss || ""), say("gloss_help")),
    labelled("topic", say("topic"), h("select", { class: "box", id: "topic", name: "topic" }, topics)),
    FIELDS.map((name) => labelled(name, say(name), line(name, ask.details[name] || ""))),
    h("fieldset", { class: "bare" }, h("legend", {}, say("urgency")), choice("urgency", [["routine", say("routine")], ["soon", say("soon")], ["urgent", say("urgent")]], "soon")),
    labelled("due", say("deadline"), h("input", { class: "box", type: "datetime-local", id: "due", name: "due", value: toInput(eventNow().getTime() + 3600000) })),
    h("div", { class: "line" }, h("input", { type: "checkbox", id: "private", name: "private", value: "1", checked: ask.private }), h("label", { class: "grow", for: "private" }, say("keep_private"))),
    h("button", { class: "btn btn-go btn-wide go-big", type: "submit", id: "send-on" }, say("pass_on"))));
}

function marked(segments) {
  return segments.map(([kind, text]) => (kind === "same" ? text : h(kind === "added" ? "ins" : "del", {}, text)));
}

function readBack(ask) {
  const looks = { same: ["ok", "same"], differs: ["late", "differs"], added: ["hand", "added"], missing: ["red", "missing"] };
  const rows = ask.differences.map((one) => h("div", { class: `field${one.kind === "differs" || one.kind === "missing" ? " field-differs" : ""}` },
    h("div", { class: "line" }, h("p", { class: "b grow" }, say(one.field)), state(looks[one.kind][0], say(looks[one.kind][1]))),
    h("div", { class: "pair sm" }, h("div", {}, h("p", { class: "dim" }, say("as_said")), h("p", {}, one.asked)), h("div", {}, h("p", { class: "dim" }, say("as_heard")), h("p", {}, marked(one.segments))))));
  const correct = (event) => {
    event.preventDefault();
    const given = Object.fromEntries([...new FormData(event.target)].filter(([, value]) => value));
    document.activeElement?.blur();
    act("ask.correct", ask.id, { details: given }, wordOf(ask));
    home();
  };
  const editor = h("details", { class: "pad" }, h("summary", { class: "btn" }, say("correct")), h("form", { class: "form gap-m", onsubmit: correct },
    [...new Set([...Object.keys(ask.details), ...FIELDS])].map((name) => labelled(`c-${name}`, say(name), line(name, ask.details[name] || "", { id: `c-${name}` }))),
    h("button", { class: "btn btn-go btn-wide", type: "submit" }, say("correct"))));
  return section(say("as_heard"), null, rows, h("div", { class: "pad stack" },
    button(say("confirm"), () => { act("ask.confirm", ask.id, {}, wordOf(ask)); home(); }, { kind: "btn-go btn-wide go-big", icon: "check", id: "confirm" }), h("p", { class: "sm dim" }, say("on_word", ask.said_by.name))), editor);
}

function answered(ask) {
  const again = (event) => {
    event.preventDefault();
    const reason = new FormData(event.target).get("reason");
    document.activeElement?.blur();
    act("ask.reopen", ask.id, { reason }, wordOf(ask));
    home();
  };
  return section(say("answer"), null, h("div", { class: "pad stack" }, h("p", { class: "lg" }, ask.answer),
    button(say("close"), () => { act("ask.close", ask.id, {}, wordOf(ask)); home(); }, { kind: "btn-go btn-wide go-big", icon: "check", id: "close" }), h("p", { class: "sm dim" }, say("on_word", ask.said_by.name)),
    h("details", {}, h("summary", { class: "btn" }, say("reopen")), h("form", { class: "form gap-m", onsubmit: again }, labelled("reason", say("reason"), area("reason", "", { required: true })), h("button", { class: "btn btn-wide", type: "submit" }, say("reopen"))))));
}

// What the answer promises, with its hour: one tap writes it down.
function offered(feed, ask) {
  const note = (event) => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.target));
    document.activeElement?.blur();
    act("promise.promise", feed.delegation.id, { words: given.promise, direction: "ours", owner_team_id: ask.owner.id, ask_id: ask.id, due_at: fromInput(given.due) });
    home();
  };
  return section(say("offered"), null, h("form", { class: "form pad", id: "offered", onsubmit: note },
    labelled("promise", say("promises"), line("promise", ask.offered.words, { required: true, maxlength: 300 })),
    labelled("due", say("due"), h("input", { class: "box", type: "datetime-local", id: "due", name: "due", required: true, value: toInput(ask.offered.due_at ?? eventNow().getTime() + 3600000) })),
    h("button", { class: "btn btn-wide", type: "submit", id: "note-promise" }, say("note_promise"))));
}

export function askPage(feed, id) {
  const ask = feed.asks.find((one) => one.id === id);
  const back = button(say("back"), home, { icon: "arrow-right", kind: "btn-bare back", id: "back" });
  if (!ask) return [back, h("p", { class: "pad" }, say("no_requests"))];
  const step = !ask.merged_into && { said: () => (ask.recovery ? recover(feed, ask) : passOn(feed, ask)), restated: () => readBack(ask), answered: () => answered(ask) }[ask.state];
  return [back, voice(ask), proposed(ask), step ? step() : null, ask.offered ? offered(feed, ask) : null, beside(feed, ask), press(feed, ask)];
}
