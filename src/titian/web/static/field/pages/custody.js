// Bags, badges, keys: signed in and out by their code, from the camera or typed.
import { button, h, say, section, state } from "../draw.js";
import { near } from "../clock.js";
import { act, go } from "../acts.js";
import { pending } from "../outbox.js";
import { choice, labelled, line } from "./sheets.js";

const AGAIN_MS = 4000; // a code that stays before the lens is read once
const home = () => { stop(); go({ name: "today" }); };
const same = (code) => code.replaceAll(/\s+/g, "").toUpperCase();
let way = "take", kind = null, typed = "", trouble = "";
let stream = null, seen = { code: "", at: 0 };
const video = document.createElement("video");
video.muted = video.playsInline = true;

const waiting = () => pending().filter((one) => one.arguments?.tag && one.command.startsWith("holding."));

function scanned(feed, code) {
  const tag = same(code);
  if (!tag || waiting().some((one) => one.arguments.tag === tag && isTaking(one) === (way === "take"))) return;
  typed = "";
  navigator.vibrate?.(60);
  if (way === "take") act("holding.take", feed.delegation.id, { kind: kind ?? feed.thing_kinds[0][0], tag });
  else act("holding.give_back_scanned", feed.delegation.id, { tag });
}
const isTaking = (one) => one.command === "holding.take";

function stop() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = video.srcObject = null;
}

async function look(feed, detector) {
  while (stream) {
    const [found] = await detector.detect(video).catch(() => []);
    const isNew = found && (found.rawValue !== seen.code || performance.now() - seen.at > AGAIN_MS);
    if (isNew && video.isConnected) { seen = { code: found.rawValue, at: performance.now() }; scanned(feed, found.rawValue); }
    if (!video.isConnected) stop();
    await new Promise((later) => setTimeout(later, 200));
  }
}

async function open(feed) {
  trouble = "";
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    video.srcObject = stream;
    go({ name: "scan" });
    await video.play();
    look(feed, new BarcodeDetector());
  } catch { stop(); trouble = say("scan_no_camera"); go({ name: "scan" }); }
}

function camera(feed) {
  if (!("BarcodeDetector" in globalThis) || !navigator.mediaDevices) return h("p", { class: "sm dim" }, say("scan_typed"));
  if (!stream) return button(say("scan_camera"), () => open(feed), { kind: "btn-wide", id: "scan-camera" });
  video.play().catch(() => {});
  return h("div", { class: "stack" }, h("div", { class: "lens" }, video), button(say("scan_stop"), () => { stop(); go({ name: "scan" }); }, { kind: "btn-wide btn-quiet", id: "scan-stop" }));
}

function row(what, receipt, look) {
  return h("li", {}, h("span", { class: "grow" }, what), receipt ? h("b", { class: "code" }, receipt) : null, look);
}

function receipts(feed) {
  const names = Object.fromEntries(feed.thing_kinds);
  const here = waiting().map((one) => row(`${isTaking(one) ? `${names[one.arguments.kind]} ` : ""}${one.arguments.tag}`, null, state("hand", say("item_sent"))));
  const gone = new Set(waiting().filter((one) => !isTaking(one)).map((one) => one.arguments.tag));
  const mine = feed.things.filter((one) => one.tag && !gone.has(one.tag)).toReversed();
  return [section(say("things"), String(mine.length), h("ul", { class: "rows", id: "scan-held" }, here, mine.map((one) => row(one.what, one.code, state("ok", say("scan_held"))))), mine.length || here.length ? null : h("p", { class: "pad dim" }, say("no_things"))),
    feed.returned.length ? section(say("scan_returned"), String(feed.returned.length), h("ul", { class: "rows", id: "scan-returned" }, feed.returned.map((one) => row(one.what, one.code, h("span", { class: "dim sm" }, near(one.at)))))) : null];
}

export function scanPage(feed) {
  const enter = () => { document.activeElement?.blur(); scanned(feed, typed); document.getElementById("scan-code")?.focus(); };
  const onkeydown = (event) => event.key === "Enter" && enter();
  const code = line("code", typed, { id: "scan-code", maxlength: 60, oninput: (event) => { typed = event.target.value; }, onkeydown, autocapitalize: "characters", enterkeyhint: "done" });
  const ways = choice("way", [["take", say("scan_take")], ["back", say("scan_back")]], way);
  ways.addEventListener("change", (event) => { way = event.target.value; go({ name: "scan" }); });
  const kinds = h("select", { class: "box", id: "scan-kind", onchange: (event) => { kind = event.target.value; } }, feed.thing_kinds.map(([value, text]) => h("option", { value, selected: value === kind }, text)));
  return [button(say("back"), home, { icon: "arrow-right", kind: "btn-bare back", id: "back" }),
    section(say("scan_title"), null, h("div", { class: "form pad pad-t0", id: "scan" }, ways, way === "take" ? labelled("scan-kind", say("scan_kind"), kinds) : null,
      labelled("scan-code", say("scan_code"), code), trouble ? h("p", { class: "sm st-late" }, trouble) : null,
      button(say(way === "take" ? "scan_take" : "scan_back"), enter, { kind: "btn-go btn-wide go-big", icon: "check", id: "scan-enter" }), camera(feed))),
    receipts(feed)];
}
