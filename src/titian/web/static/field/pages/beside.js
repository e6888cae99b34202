// What else can be done with a request: each with its reason, also without a signal.
import { eventNow, fromInput, near, toInput } from "../clock.js";
import { button, h, say, section } from "../draw.js";
import { pending } from "../outbox.js";
import { act, go } from "../acts.js";
import { area, labelled, line } from "./sheets.js";

const FIELDS = ["who", "how_many", "when", "where", "what_for"];
const home = () => go({ name: "today" });
const kept = (name, ask) => pending().some((one) => one.command === `ask.${name}` && one.subject === ask.id);

function done(ask, name, args = {}, word = {}) {
  document.activeElement?.blur();
  act(`ask.${name}`, ask.id, args, word);
  home();
}

// Two taps: it opens and says what follows, and it goes.
function folded(name, rows, send, help) {
  const submit = (event) => {
    event.preventDefault();
    send(Object.fromEntries([...new FormData(event.target)].filter(([, value]) => value)));
  };
  return h("details", {}, h("summary", { class: "btn", id: `open-${name}` }, say(`b_${name}`)),
    h("form", { class: "form gap-m2", id: `form-${name}`, onsubmit: submit }, help ? h("p", { class: "sm dim" }, help) : null, rows,
      h("button", { class: "btn btn-go btn-wide", type: "submit", id: `do-${name}` }, say(`b_${name}_do`))));
}

const why = (name, label = say("reason")) => labelled(`${name}-why`, label, line("reason", "", { id: `${name}-why`, required: true, maxlength: 300 }));

const DRAWN = {
  hurry: (feed, ask) => folded("hurry", [], () => done(ask, "hurry"), say("b_hurry_help")),
  pause: (feed, ask) => folded("pause", [why("pause", say("b_pause_why")), labelled("until", say("b_until"), h("input", { class: "box", type: "datetime-local", id: "until", name: "until", required: true, value: toInput(eventNow().getTime() + 1800000) }))],
    (given) => done(ask, "pause", { until: fromInput(given.until), reason: given.reason })),
  resume: (feed, ask) => button(say("b_resume"), () => done(ask, "resume"), { id: "do-resume" }),
  make_exact: (feed, ask) => folded("make_exact", FIELDS.map((name) => labelled(`x-${name}`, say(name), line(name, ask.details[name] || "", { id: `x-${name}` }))),
    (given) => done(ask, "make_exact", { details: given }), say("b_make_exact_help")),
  merge: (feed, ask) => folded("merge", [labelled("into", say("b_into"), h("select", { class: "box", id: "into", name: "into" }, feed.asks.filter((one) => ask.others.includes(one.id)).map((one) => h("option", { value: one.id }, `${one.code} ${one.title}`)))), why("merge")],
    (given) => done(ask, "merge", { into_id: Number(given.into), reason: given.reason }), say("b_merge_help")),
  unmerge: (feed, ask) => folded("unmerge", [why("unmerge")], (given) => done(ask, "unmerge", { reason: given.reason })),
  split: (feed, ask) => folded("split", [labelled("split-title", say("b_part"), line("title", "", { id: "split-title", required: true, maxlength: 120 })),
    labelled("split-topic", say("topic"), h("select", { class: "box", id: "split-topic", name: "topic" }, feed.topics.filter((one) => !one.exact).map((one) => h("option", { value: one.id }, `${one.name} · ${one.team}`))))],
  (given) => done(ask, "split", { title: given.title, topic_id: Number(given.topic) })),
  answer: (feed, ask) => ask.drafts.some((one) => isAnswer(ask, one)) ? null : h("details", {}, h("summary", { class: "btn", id: "open-answer" }, say("b_answer")), answering(ask, null)),
  withdraw: (feed, ask) => folded("withdraw", [], () => done(ask, "withdraw", {}, { on_word_of: ask.said_by.id, means: ask.channel || "face" }), say("on_word", ask.said_by.name)),
  call_off: (feed, ask) => folded("call_off", [], () => done(ask, "withdraw"), say("b_call_off_help")),
};

// Of whom the team is: in her own words, or in the machine's once she has read them.
function answering(ask, one) {
  const send = (event) => {
    event.preventDefault();
    const words = new FormData(event.target).get("answer");
    document.activeElement?.blur();
    if (one) act("ask.take_over", ask.id, { draft_id: one.id });
    act("ask.answer", ask.id, { words });
    home();
  };
  return h("form", { class: "form gap-m2", id: one ? `form-draft-${one.id}` : "form-answer", onsubmit: send },
    labelled("answer", say("b_answer_words"), area("answer", one?.words ?? "", { required: true, maxlength: 2000, rows: one ? 6 : 3, lang: one?.target }), one ? say("d_edit") : null),
    h("button", { class: "btn btn-go btn-wide", type: "submit", id: "do-answer" }, say("b_answer_do")));
}
const isAnswer = (ask, one) => one.wish === "draft" && one.words && ask.may.includes("answer") && !kept("answer", ask);

// A machine's words are marked until a person stands for them; nothing goes by itself.
function draft(ask, one) {
  const asked = pending().some((act) => ["ask.take_over", "ask.dismiss"].includes(act.command) && act.arguments.draft_id === one.id);
  if (asked) return null;
  return h("div", { class: "gloss stack", id: `draft-${one.id}` }, h("p", { class: "sm b" }, `${say(`d_${one.wish}`)} · ${say("d_mark")}`),
    one.words ? (isAnswer(ask, one) ? answering(ask, one) : h("p", { lang: one.target }, one.words)) : h("p", { class: "dim" }, one.problem || say("d_asked")),
    one.words && !isAnswer(ask, one) ? button(say("d_take"), () => act("ask.take_over", ask.id, { draft_id: one.id }), { id: `take-${one.id}` }) : null,
    button(say("d_dismiss"), () => act("ask.dismiss", ask.id, { draft_id: one.id }), { kind: "btn-bare", id: `dismiss-${one.id}` }));
}

export function proposed(ask) {
  const target = document.documentElement.lang === "en" ? "en" : "id";
  const wishes = ask.wishes.filter(() => !kept("propose", ask));
  if (!ask.drafts.length && !wishes.length) return null;
  return h("section", { class: "pad stack" }, ask.drafts.map((one) => draft(ask, one)),
    h("div", { class: "line wrap" }, wishes.map((wish) => button(say(`d_want_${wish}`), () => act("ask.propose", ask.id, { wish, target }), { kind: "btn-quiet", id: `propose-${wish}` }))));
}

export function beside(feed, ask) {
  const rows = ask.may.filter((name) => !kept(name, ask)).map((name) => DRAWN[name](feed, ask));
  const stands = ask.paused_until ? h("p", { class: "sm" }, say("b_stands", near(ask.paused_until), ask.paused_why)) : null;
  const with_it = ask.merged_into ? h("p", { class: "sm" }, say("b_merged", ask.merged_into)) : null;
  if (!rows.length && !stands && !with_it) return null;
  return section(say("b_more"), null, h("div", { class: "pad stack pad-t0" }, with_it, stands, rows));
}
