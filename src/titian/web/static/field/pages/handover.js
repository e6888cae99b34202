// Handing over: what passes is read back item by item, then both sign; things in custody.
import { hhmm, near } from "../clock.js";
import { button, glyph, h, say, section, state } from "../draw.js";
import { act, go } from "../acts.js";
import { pending } from "../outbox.js";
import { area, labelled, line } from "./sheets.js";

const KINDS = ["ask", "promise", "custody", "sensitivity", "next"];
const home = () => go({ name: "today" });
const sent = (command, subject) => pending().some((one) => one.command === command && one.subject === subject);
const named = (one) => ({ subject_kind: one.subject_kind, subject_id: one.subject_id });
const keyOf = (one) => `${one.subject_kind.replace(".", "-")}-${one.subject_id}`;
// What was written is on its way: the form folds, so that the page may draw itself anew.
function fold(event) {
  document.activeElement?.blur();
  event.target.closest("details").open = false;
}
// What this phone has said of an item and the house has not answered yet.
const saidHere = (row, one) => pending().findLast((act) => act.subject === row.id && act.command.startsWith("handover.") && act.arguments.subject_kind === one.subject_kind && act.arguments.subject_id === one.subject_id);
const isOpen = (row, one) => one.state !== "accepted" && saidHere(row, one)?.command !== "handover.accept";

export function met(feed) {
  const asked = feed.unmet;
  if (!asked || sent("assignment.introduce", asked.assignment)) return null;
  return section(say("met_title"), null, h("div", { class: "pad stack", id: "met" }, h("p", {}, asked.late ? glyph("late") : null, " ", say("met_ask")),
    asked.late ? h("p", { class: "sm st-red" }, say("met_late")) : null,
    button(say("met_yes"), () => act("assignment.introduce", asked.assignment), { kind: "btn-go btn-wide", icon: "check", id: "met-yes" })));
}

function begin(feed) {
  const known = feed.reliefs ?? [];
  if (!known.length || sent("handover.begin", feed.delegation.id)) return null;
  const start = (one) => (event) => {
    event.preventDefault();
    const good = new FormData(event.target).has("good");
    fold(event);
    act("handover.begin", feed.delegation.id, { incoming_id: one.id, is_for_good: good });
  };
  return section(say("handing"), null, h("div", { class: "pad stack" }, known.map((one) => h("details", {}, h("summary", { class: "btn btn-wide", id: `relief-${one.id}` }, say("hand_to", one.name)),
    h("form", { class: "form gap-m", onsubmit: start(one) }, h("label", { class: "line" }, h("input", { type: "checkbox", name: "good" }), " ", say("hand_to_good")),
      h("button", { class: "btn btn-go btn-wide go-big", type: "submit", id: `begin-${one.id}` }, say("hand_to", one.name)))))));
}

// Whoever is off duty reads who is with her guests.
function withThem(feed) {
  return feed.with_them ? h("section", { class: "pad", id: "with-them" }, h("p", {}, say("with_them", feed.with_them))) : null;
}

// On the first page: a hand-over under way, or whom one could hand over to.
export function handing(feed) {
  const row = feed.handover;
  if (!row) return [withThem(feed), begin(feed)];
  const left = row.items.filter((one) => isOpen(row, one)).length;
  const out = row.mine === "outgoing";
  return section(say("handing"), left ? say("handing_left", left) : null, h("div", { class: "pad stack", id: "handing" },
    h("p", { class: "b" }, out ? say("handing_out", row.incoming) : say("handing_in", row.outgoing)),
    left ? null : h("p", {}, say("handing_none_left")),
    button(say(out ? "handing_look" : "handing_read"), () => go({ name: "handover" }), { kind: out ? "btn-wide" : "btn-go btn-wide go-big", id: "to-handover" })));
}

export function duty(feed) {
  if (!feed.duty) return null;
  const gone = sent("duty.end", feed.duty.id);
  return h("div", { class: "pad line" }, h("p", { class: "sm dim grow" }, say("duty_until", near(feed.duty.ends_at))),
    gone ? null : button(say("end_duty"), () => act("duty.end", feed.duty.id), { kind: "btn-quiet", id: "end-duty" }));
}

function look(row, one) {
  const here = saidHere(row, one)?.command;
  if (here) return state("hand", say("item_sent"));
  return { accepted: () => state("ok", say("item_accepted")), questioned: () => state("late", say("item_questioned")) }[one.state]?.() ?? state("still", say("item_open"));
}

const marked = (segments) => segments.map(([kind, text]) => (kind === "same" ? text : h(kind === "added" ? "ins" : "del", {}, text)));
function differing(one) {
  return one.differences.filter((each) => each.kind !== "same").map((each) => h("div", { class: "field field-differs" }, h("p", { class: "b" }, say(each.field)),
    h("div", { class: "pair sm" }, h("div", {}, h("p", { class: "dim" }, say("as_said")), h("p", {}, each.asked)), h("div", {}, h("p", { class: "dim" }, say("as_heard")), h("p", {}, marked(each.segments))))));
}

function words(row, one, command, label, id) {
  const send = (event) => {
    event.preventDefault();
    const said = new FormData(event.target).get("words");
    fold(event);
    act(command, row.id, { ...named(one), words: said });
  };
  return h("details", {}, h("summary", { class: "btn btn-quiet", id }, label), h("form", { class: "form gap-m", onsubmit: send },
    labelled(`${id}-words`, say("question_label"), line("words", "", { id: `${id}-words`, required: true, maxlength: 300 })),
    h("button", { class: "btn btn-wide", type: "submit", id: `${id}-send` }, say("send"))));
}

// Exact: every field is said back. Its words stand above, as the other gave them.
function readBack(row, one) {
  const id = `back-${keyOf(one)}`;
  const send = (event) => {
    event.preventDefault();
    const heard = Object.fromEntries(Object.keys(one.fields).map((name) => [name, String(new FormData(event.target).get(name))]));
    fold(event);
    act("handover.accept", row.id, { ...named(one), mark: one.mark, heard_as: heard });
  };
  return h("details", { open: one.state === "questioned" }, h("summary", { class: "btn btn-go", id }, say("read_back")), h("form", { class: "form gap-m", onsubmit: send },
    Object.keys(one.fields).map((name) => labelled(`${id}-${name}`, say(name), line(name, "", { id: `${id}-${name}`, required: true }))),
    h("button", { class: "btn btn-go btn-wide", type: "submit", id: `${id}-send` }, say("accept_item"))));
}

function accept(row, one) {
  if (Object.keys(one.fields).length) return readBack(row, one);
  return button(say("accept_item"), () => act("handover.accept", row.id, { ...named(one), mark: one.mark }), { kind: "btn-go", id: `accept-${keyOf(one)}`, label: `${one.what}: ${say("accept_item")}` });
}

function acts(row, one) {
  if (saidHere(row, one)) return null;
  const id = keyOf(one);
  if (row.mine === "outgoing") return one.state === "questioned" ? words(row, one, "handover.explain", say("explain_item"), `explain-${id}`) : null;
  if (one.state === "accepted") return null;
  return h("div", { class: "line line-top wrap" }, accept(row, one), one.sealed ? h("a", { class: "btn btn-quiet", href: `/hand-overs/${row.id}/` }, say("open_sealed")) : null,
    words(row, one, "handover.question", say("question_item"), `ask-${id}`));
}

function item(row, one) {
  const fields = Object.entries(one.fields).map(([name, value]) => h("p", { class: "sm" }, h("span", { class: "dim" }, `${say(name)}: `), value));
  return h("li", { id: `item-${keyOf(one)}` }, h("div", { class: "grow stack" }, h("p", {}, h("span", { class: "b" }, one.what), one.due_at ? h("span", { class: "dim sm" }, ` ${near(one.due_at)}`) : null),
    fields, one.question ? h("p", { class: "sm" }, say("asked_about", one.question)) : null, one.explained ? h("p", { class: "sm" }, say("explained_by", one.explained)) : null,
    differing(one), look(row, one), acts(row, one)));
}

function group(row, kind) {
  const rows = row.items.filter((one) => one.kind === kind);
  if (!rows.length) return null;
  const plain = rows.filter((one) => isOpen(row, one) && one.state === "open" && !Object.keys(one.fields).length);
  const all = () => plain.forEach((one) => act("handover.accept", row.id, { ...named(one), mark: one.mark }));
  return section(say(`kind_${kind}`), String(rows.length), h("ul", { class: "rows" }, rows.map((one) => item(row, one))),
    row.mine === "incoming" && plain.length > 1 ? h("div", { class: "pad" }, button(say("accept_all", plain.length), all, { kind: "btn-wide", id: `all-${kind}` })) : null);
}

function addWord(row) {
  if (row.mine !== "outgoing") return null;
  const send = (event) => {
    event.preventDefault();
    const said = new FormData(event.target).get("word");
    event.target.reset();
    document.activeElement?.blur();
    act("handover.add_word", row.id, { words: said });
  };
  return section(say("add_word"), null, h("form", { class: "form pad", id: "add-word", onsubmit: send },
    labelled("word", say("kind_sensitivity"), area("word", "", { required: true, maxlength: 300, rows: 2 }), say("add_word_help")),
    h("button", { class: "btn btn-wide", type: "submit", id: "send-word" }, say("send"))));
}

function sign(row) {
  const left = row.items.filter((one) => isOpen(row, one));
  const out = row.mine === "outgoing";
  const command = out ? "handover.hand_over" : "handover.take_over";
  const first = row.state === "handed" ? h("p", {}, say("signed_at", row.outgoing, hhmm(row.handed_at))) : row.state === "let_go" ? h("p", {}, say("let_go_read", row.outgoing)) : null;
  if (sent(command, row.id)) return h("div", { class: "pad" }, state("hand", say("item_sent")));
  const may = out ? row.state === "open" : row.state === "handed" || row.state === "let_go";
  const waits = out ? say("waits_for_relief", row.incoming) : say("waits_for_sign", row.outgoing);
  const stopped = left.length ? h("p", { class: "note note-late", id: "sign-stopped" }, glyph("late"), h("span", {}, say("sign_stopped", left.slice(0, 3).map((one) => one.what).join("; ")))) : null;
  return h("section", { class: "pad stack", id: "sign" }, first, stopped, may ? null : h("p", { class: "dim" }, waits),
    may && !left.length ? button(say(out ? "sign_out_duty" : "sign_in_duty"), () => { act(command, row.id); home(); }, { kind: "btn-go btn-wide go-big", icon: "check", id: "sign-it" }) : null,
    out && row.state !== "let_go" ? button(say("call_off"), () => { act("handover.call_off", row.id); home(); }, { kind: "btn-quiet", id: "call-off" }) : null);
}

export function handoverPage(feed) {
  const row = feed.handover;
  const back = button(say("back"), home, { icon: "arrow-right", kind: "btn-bare back", id: "back" });
  if (!row) return [back, h("p", { class: "pad" }, say("handing_none_left"))];
  return [back, h("section", { class: "pad" }, h("h2", { class: "lg" }, row.mine === "outgoing" ? say("handing_out", row.incoming) : say("handing_in", row.outgoing))),
    KINDS.map((kind) => group(row, kind)), addWord(row), sign(row)];
}

// Keys, telephones, cars, gifts: taken with a receipt, given back with one tap.
export function things(feed) {
  const gone = new Set(pending().filter((one) => one.command === "holding.give_back").map((one) => one.subject));
  const rows = (feed.things ?? []).filter((one) => !gone.has(one.id));
  const take = (event) => {
    event.preventDefault();
    const given = Object.fromEntries(new FormData(event.target));
    fold(event);
    act("holding.take", feed.delegation.id, { kind: given.kind, label: given.label, count: Number(given.count) });
  };
  return section(say("things"), rows.length ? String(rows.length) : null,
    rows.length ? h("ul", { class: "rows", id: "things" }, rows.map((one) => h("li", {}, h("span", { class: "grow" }, one.what, " ", h("span", { class: "dim sm" }, one.code)),
      button(say("thing_back"), () => act("holding.give_back", one.id), { kind: "btn-quiet", id: `back-${one.id}`, label: `${one.what}: ${say("thing_back")}` })))) : h("p", { class: "pad dim" }, say("no_things")),
    h("div", { class: "pad" }, button(say("scan_title"), () => go({ name: "scan" }), { kind: "btn-wide", id: "to-scan" })),
    h("details", { class: "pad" }, h("summary", { class: "btn", id: "take-thing" }, say("take_thing")), h("form", { class: "form gap-m", onsubmit: take },
      labelled("thing-kind", say("thing_kind"), h("select", { class: "box", id: "thing-kind", name: "kind" }, (feed.thing_kinds ?? []).map(([value, text]) => h("option", { value }, text)))),
      labelled("thing-label", say("thing_label"), line("label", "", { id: "thing-label", maxlength: 120 })),
      labelled("thing-count", say("thing_count"), line("count", "1", { id: "thing-count", type: "number", min: 1, max: 999, required: true })),
      h("button", { class: "btn btn-wide", type: "submit", id: "send-thing" }, say("thing_taken")))));
}
