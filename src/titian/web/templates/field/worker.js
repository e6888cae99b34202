// Rings, and shows what kind of thing waits: never a word of it, for a locked screen is
// read by whoever holds the phone. The words are fetched by the page once it is opened.
"use strict";

const ANYTHING = "Ada yang menunggu Anda. Something is waiting for you.";
const LASTING = ["incident", "roll", "card"];

function placeOf(about) {
  const ask = String(about ?? "").match(/^loop\.ask:(\d{1,15})$/)?.[1];
  return ask ? `/field/#ask-${ask}` : "/field/";
}

function read(data) {
  try { return data.json() ?? {}; } catch { return {}; }
}

async function ring(said) {
  await self.registration.showNotification("Titian", {
    body: typeof said.say === "string" ? said.say.slice(0, 120) : ANYTHING,
    lang: said.language,
    tag: said.key, // a second delivery takes the place of the first
    requireInteraction: LASTING.includes(said.kind),
    data: { to: placeOf(said.about) },
  });
  const body = JSON.stringify({ key: said.key });
  await fetch("/intake/push", { method: "POST", body, credentials: "omit" }).catch(() => null);
}

async function open(to) {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((one) => new URL(one.url).pathname === "/field/");
  if (!page) return self.clients.openWindow(to);
  page.postMessage({ to });
  return page.focus();
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("push", (event) => event.waitUntil(ring(event.data ? read(event.data) : {})));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.to ?? "/field/"));
});
