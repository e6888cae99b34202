// Meetings in one hand: the contact report one owes, also without a signal.
import { near } from "../clock.js";
import { h, say, section, state } from "../draw.js";
import { pending } from "../outbox.js";
import { act } from "../acts.js";
import { area, labelled } from "./sheets.js";

const drafts = new Map(); // what is half written outlives the page's drawing itself anew

function report(one) {
  const send = (event) => {
    event.preventDefault();
    const words = new FormData(event.target).get("report");
    document.activeElement?.blur();
    event.target.closest("details").open = false;
    drafts.delete(one.id);
    act("report.write", one.id, { words });
  };
  const keep = (event) => drafts.set(one.id, event.target.value);
  return h("li", {}, h("details", {}, h("summary", { class: "line", id: `report-${one.id}` }, h("span", { class: "grow" }, h("span", { class: "b" }, one.meeting), " ", one.meeting.includes(one.with) ? null : h("span", { class: "dim sm" }, say("m_with", one.with))),
    one.overdue ? state("red", near(one.due_at)) : h("span", { class: "dim sm" }, say("m_by", near(one.due_at)))),
  h("form", { class: "form gap-m2", id: `form-report-${one.id}`, onsubmit: send },
    labelled(`report-words-${one.id}`, say("m_words"), area("report", drafts.get(one.id) ?? "", { id: `report-words-${one.id}`, required: true, maxlength: 8000, rows: 6, oninput: keep }), say("m_help")),
    h("button", { class: "btn btn-go btn-wide", type: "submit", id: `do-report-${one.id}` }, say("m_send")))));
}

export function reports(feed) {
  const sent = new Set(pending().filter((one) => one.command === "report.write").map((one) => one.subject));
  const owed = (feed.reports ?? []).filter((one) => !sent.has(one.id));
  if (!owed.length) return null;
  return section(say("m_reports"), h("span", { class: "st-late" }, String(owed.length)), h("ul", { class: "rows folds", id: "reports" }, owed.map(report)));
}
