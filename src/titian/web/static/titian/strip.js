// An arrival on the strip is taken by the hand, or moved by the arrow keys; where it is
// let go, the page beside shows what that would break. Nothing is saved here, and
// without this file the same mark is a link to the same form.

const STEP = 5; // minutes
const FAR = 30;
const MINUTE = 60000;
const page = document.body.dataset;
let held = null;

const strip = (mark) => mark.closest("svg[data-from]");
const bounds = (mark) => [Date.parse(strip(mark).dataset.from), Date.parse(strip(mark).dataset.to)];
const at = (mark) => Number(mark.dataset.wanted ?? Date.parse(mark.dataset.at));

function hour(moment) {
  const lang = document.documentElement.lang === "en" ? "en-GB" : "id";
  return new Date(moment).toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit", timeZone: page.zone || "UTC" });
}

function place(mark, moment) {
  const [from, to] = bounds(mark);
  const rounded = Math.round(moment / (STEP * MINUTE)) * STEP * MINUTE;
  const wanted = Math.min(Math.max(rounded, from), to);
  const width = strip(mark).getBoundingClientRect().width;
  const by = ((wanted - Date.parse(mark.dataset.at)) / (to - from)) * width;
  mark.dataset.wanted = wanted;
  mark.setAttribute("transform", `translate(${by.toFixed(1)} 0)`);
  mark.querySelector("[data-hour]").textContent = hour(wanted);
  mark.setAttribute("aria-valuenow", wanted / MINUTE);
  mark.setAttribute("aria-valuetext", `${mark.dataset.code} ${hour(wanted)}`);
}

function putBack(mark) {
  place(mark, Date.parse(mark.dataset.at));
  mark.removeAttribute("transform");
  delete mark.dataset.wanted;
  mark.querySelector("[data-hour]").textContent = hour(Date.parse(mark.dataset.at));
}

async function look(mark) {
  const address = `${mark.getAttribute("href")}?expected_at=${encodeURIComponent(new Date(at(mark)).toISOString())}`;
  if (!document.getElementById("aside")) return location.assign(address);
  await htmx.ajax("GET", address, { target: "#aside", swap: "outerHTML" });
  document.getElementById("aside")?.focus();
}

function upgrade() {
  for (const mark of document.querySelectorAll("a.mover:not([role])")) {
    const [from, to] = bounds(mark);
    mark.setAttribute("role", "slider");
    mark.setAttribute("aria-valuemin", from / MINUTE);
    mark.setAttribute("aria-valuemax", to / MINUTE);
    mark.setAttribute("aria-valuenow", at(mark) / MINUTE);
    mark.setAttribute("aria-valuetext", `${mark.dataset.code} ${hour(at(mark))}`);
  }
}

document.addEventListener("dragstart", (event) => {
  if (event.target.closest?.("a.mover")) event.preventDefault();
});
document.addEventListener("pointerdown", (event) => {
  const mark = event.target.closest?.("a.mover");
  if (!mark || event.button) return;
  held = { mark, from: event.clientX, was: at(mark), moved: false };
  mark.setPointerCapture(event.pointerId);
});
document.addEventListener("pointermove", (event) => {
  if (!held) return;
  const by = event.clientX - held.from;
  if (Math.abs(by) > 3) held.moved = true;
  const [from, to] = bounds(held.mark);
  if (held.moved) place(held.mark, held.was + (by / strip(held.mark).getBoundingClientRect().width) * (to - from));
});
document.addEventListener("pointerup", () => {
  if (!held) return;
  const { mark, moved } = held;
  held = null;
  if (!moved) return;
  mark.addEventListener("click", (click) => click.preventDefault(), { once: true });
  look(mark);
});
document.addEventListener("pointercancel", () => {
  if (held) putBack(held.mark);
  held = null;
});

document.addEventListener("keydown", (event) => {
  const mark = event.target.closest?.("a.mover");
  if (!mark) return;
  const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
  if (step) place(mark, at(mark) + step * (event.shiftKey ? FAR : STEP) * MINUTE);
  else if (event.key === "Escape") putBack(mark);
  else if (event.key === "Enter" && mark.dataset.wanted) look(mark);
  else return;
  event.preventDefault();
});

upgrade();
new MutationObserver(upgrade).observe(document.body, { childList: true, subtree: true });
