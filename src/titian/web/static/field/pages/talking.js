// The talking card in one hand: how to address them, what is said in which order, what not.
import { near } from "../clock.js";
import { button, h, icon, say, section, state } from "../draw.js";
import { go } from "../acts.js";

const home = () => go({ name: "today" });

export function talking(feed) {
  const cards = feed.talking ?? [];
  if (!cards.length) return null;
  return section(say("t_cards"), null, h("ul", { class: "rows" }, cards.map((one) =>
    h("li", {}, h("span", { class: "grow b" }, one.title), button(say("look"), () => go({ name: "talking", id: one.id }), { label: `${one.title}: ${say("look")}`, id: `talking-${one.id}` })))));
}

export function talkingPage(feed, id) {
  const card = (feed.talking ?? []).find((one) => one.id === id);
  const back = button(say("back"), home, { icon: "arrow-right", kind: "btn-bare back", id: "back" });
  if (!card) return [back, h("p", { class: "pad" }, say("t_gone"))];
  return [back, h("div", { class: "pad stack pad-t0", id: "talking-card" }, h("h2", { class: "lg" }, card.title),
    h("p", { class: "sm dim" }, say("t_approved", card.approved_by, near(card.approved_at)))),
  section(say("t_address"), null, h("ul", { class: "rows" }, card.forms.map((one) => h("li", {}, h("div", { class: "grow" }, h("p", { class: "b" }, one.indonesian), h("p", { class: "dim", lang: "en" }, one.english)),
    one.sure ? null : state("late", say("t_ask")))))),
  ...card.steps.map(([label, points]) => section(label, null, h("ul", { class: "rows" }, points.map((words) => h("li", {}, words))))),
  card.never.length ? section(say("t_never"), null, h("ul", { class: "rows", id: "never" }, card.never.map((words) => h("li", { class: "st-red" }, icon("hand-stop"), h("span", { class: "grow" }, words))))) : null];
}
