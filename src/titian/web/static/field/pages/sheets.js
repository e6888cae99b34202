// What lies behind the thumb's row: note, call, way, emergency; and saying no.
import { eventNow, fromInput, toInput } from "../clock.js";
import { button, h, icon, say, section } from "../draw.js";
import { act, go } from "../acts.js";
import { alarm, sms } from "./emergency.js";

const home = () => go({ name: "today" });
const back = () => button(say("back"), home, { icon: "arrow-right", kind: "btn-bare back", id: "back" });

export function choice(name, options, chosen) {
  return h("div", { class: "choices" }, options.map(([value, text]) =>
    h("label", {}, h("input", { type: "radio", name, value, checked: value === chosen }), text)));
}
export const labelled = (name, text, control, help) =>
  h("div", {}, h("label", { for: name }, text), control, help ? h("p", { class: "help" }, help) : null);
export const line = (name, value = "", props = {}) => h("input", { class: "box", id: name, name, value, autocomplete: "off", ...props });
export const area = (name, value = "", props = {}) => { const box = h("textarea", { class: "box", id: name, name, rows: 3, ...props }); box.defaultValue = value; return box; };

function form(id, rows, send, label = say("send")) {
  const submit = (event) => {
    event.preventDefault();
    document.activeElement?.blur();
    send(Object.fromEntries(new FormData(event.target)));
  };
  return h("form", { class: "form pad", id, onsubmit: submit }, rows, h("button", { class: "btn btn-go btn-wide go-big", type: "submit" }, label, icon("check")));
}

function note(feed) {
  const guests = feed.guests.map((one) => h("option", { value: one.id }, one.name));
  const ask = form("new-ask", [
    labelled("words", say("words_label"), area("words", "", { required: true })),
    labelled("said_by", say("who_said"), h("select", { class: "box", id: "said_by", name: "said_by" }, guests)),
    labelled("said_where", say("said_where"), line("said_where", "", { maxlength: 120 })),
    h("fieldset", { class: "bare" }, h("legend", {}, say("how")), choice("means", [["face", say("face")], ["telephone", say("telephone")], ["message", say("message")]], "face")),
    labelled("language", say("language"), h("select", { class: "box", id: "language", name: "language" }, feed.languages.map(([code, name]) => h("option", { value: code, lang: code || null, selected: code === feed.delegation.language }, name)))),
  ], (given) => { act("ask.ask", feed.delegation.id, { words: given.words, language: given.language, channel: given.means, where: given.said_where }, { on_word_of: Number(given.said_by), means: given.means }); home(); });
  const promise = form("new-promise", [
    labelled("promise", say("promise_label"), line("promise", "", { required: true, maxlength: 300 })),
    labelled("due", say("due"), h("input", { class: "box", type: "datetime-local", id: "due", name: "due", required: true, value: toInput(eventNow().getTime() + 3600000) })),
  ], (given) => { act("promise.promise", feed.delegation.id, { words: given.promise, direction: "ours", owner_person_id: feed.me.id, due_at: fromInput(given.due) }); home(); });
  return [back(), section(say("new_request"), null, ask), section(say("new_promise"), null, promise)];
}

function call(feed) {
  const rows = feed.phones.map((one) => h("li", {}, h("span", { class: "grow" }, h("span", { class: "b" }, one.name), " ", h("span", { class: "dim sm" }, one.what)),
    h("a", { class: "btn", href: `tel:${one.phone}`, "aria-label": `${say("call")} ${one.name}` }, icon("phone"), one.phone)));
  return [back(), section(say("phones"), null, rows.length ? h("ul", { class: "rows" }, rows) : h("p", { class: "pad" }, say("nobody_to_call")))];
}

function map(feed) {
  const rows = feed.next.filter((one) => one.way).map((one) => h("li", {}, h("span", { class: "grow" }, say("way", one.way.to, say("min", one.way.minutes))),
    one.geo ? h("a", { class: "btn", href: one.geo, "aria-label": `${say("map")} ${one.way.to}` }, icon("map-pin")) : null));
  return [back(), section(say("map"), null, rows.length ? h("ul", { class: "rows" }, rows) : h("p", { class: "pad" }, say("nothing_next")))];
}

function decline(feed, place) {
  const row = feed.asked?.rows.find((one) => one.id === place.id);
  return [back(), section(row ? `${row.delegation}: ${say("decline")}` : say("decline"), null, form("decline", [labelled("reason", say("reason"), area("reason", "", { required: true }))],
    (given) => { act("assignment.decline", place.id, { reason: given.reason }); home(); }))];
}

export function sheet(feed, name, place) {
  const burning = { alarm, sms }[name];
  if (burning) return [back(), burning(feed, place)];
  return { note, call, map, decline }[name](feed, place);
}
