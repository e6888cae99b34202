// The event's time on this phone: the only place that reads the phone's own clock.
let offset = 0; // event time minus what this phone would compute, at the last feed
let base = { event: Date.now(), real: performance.now(), speed: 1 };
let zone = "UTC";

export function setClock(reads, speed, eventZone) {
  base = { event: Date.parse(reads), real: performance.now(), speed };
  zone = eventZone;
  offset = base.event - Date.now();
}
export const eventNow = () => new Date(base.event + (performance.now() - base.real) * base.speed);
export const deviceNow = () => new Date();
export const shift = () => offset;

const locale = () => (document.documentElement.lang === "en" ? "en-GB" : "id");
export function hhmm(instant) {
  return new Date(instant).toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit", timeZone: zone });
}
const dayOf = (instant) => new Date(instant).toLocaleDateString("en-CA", { timeZone: zone });
export function near(instant) {
  if (dayOf(instant) === dayOf(eventNow())) return hhmm(instant);
  const day = new Date(instant).toLocaleDateString(locale(), { weekday: "short", timeZone: zone });
  return `${day} ${hhmm(instant)}`;
}
export function dateOf(instant) {
  return new Date(instant).toLocaleDateString(locale(), { weekday: "short", day: "numeric", month: "short", timeZone: zone });
}
// A <input type="datetime-local"> speaks the place's wall clock, without a zone.
export function toInput(instant) {
  return new Date(instant).toLocaleString("sv-SE", { timeZone: zone }).slice(0, 16).replace(" ", "T");
}
export function fromInput(text) {
  const guess = Date.parse(`${text}:00Z`);
  const shown = Date.parse(`${new Date(guess).toLocaleString("sv-SE", { timeZone: zone }).replace(" ", "T")}Z`);
  return new Date(guess - (shown - guess)).toISOString();
}
