// Building the page from elements; words never pass through HTML.
const words = JSON.parse(document.getElementById("phrases").textContent);

export function say(name, ...filled) {
  return filled.reduce((text, value, i) => text.replace(`{${i}}`, value), words[name] ?? name);
}

export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function use(className, name, box) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  if (box) svg.setAttribute("viewBox", box);
  const part = document.createElementNS("http://www.w3.org/2000/svg", "use");
  part.setAttribute("href", `#${name}`);
  svg.append(part);
  return svg;
}
export const icon = (name) => use("i", name);
export const glyph = (name) => use("g", `g-${name}`);
export const state = (name, text) => h("span", { class: `st st-${name}` }, glyph(name), text);
export const button = (text, act, { kind = "", icon: drawn, label, id } = {}) =>
  h("button", { class: `btn ${kind}`, type: "button", "aria-label": label, id, onclick: act }, drawn ? icon(drawn) : null, text);

export function minutes(milliseconds) {
  const whole = Math.round(Math.abs(milliseconds) / 60000);
  if (whole < 120) return say("min", whole);
  return say("hours", Math.floor(whole / 60), whole % 60);
}

export function section(title, side, ...body) {
  return h("section", {}, h("div", { class: "head" }, h("h2", {}, title), side ? h("span", { class: "b sm push" }, side) : null), body);
}
