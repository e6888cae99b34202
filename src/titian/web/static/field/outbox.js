// Acts kept on the phone until the house has answered each of them. A retry carries the
// same key, so it changes nothing; a refusal is shown, never dropped in silence.
const RETRY_MS = 5000;
const AT_ONCE = 100; // the house refuses a batch above 200 as a whole
const listeners = new Set();
let acts = [];
let refused = [];

const open = () => new Promise((resolve, reject) => {
  const asked = indexedDB.open("titian", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("outbox", { keyPath: "key" });
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});
async function shelf(mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction("outbox", mode);
    const asked = work(transaction.objectStore("outbox"));
    transaction.oncomplete = () => { database.close(); resolve(asked?.result); };
    transaction.onerror = () => reject(transaction.error);
  });
}

export const pending = () => acts;
export const refusals = () => refused;
export function dismiss() { refused = []; changed(); }
export const onOutbox = (listener) => listeners.add(listener);
const changed = () => listeners.forEach((listener) => listener());
const csrf = () => document.cookie.match(/csrftoken=([^;]+)/)?.[1] ?? "";

export async function start() {
  acts = (await shelf("readonly", (store) => store.getAll())).sort((a, b) => a.order - b.order);
  changed();
  flush();
}

export async function put(act) {
  const kept = { ...act, key: crypto.randomUUID(), order: performance.timeOrigin + performance.now() };
  await shelf("readwrite", (store) => store.put(kept));
  acts = [...acts, kept];
  changed();
  return flush();
}

async function settle(answer) {
  const act = acts.find((one) => one.key === answer.key);
  if (answer.outcome !== "kept") refused = [...refused, { act, sentence: answer.sentence }];
  await shelf("readwrite", (store) => store.delete(answer.key));
  acts = acts.filter((one) => one.key !== answer.key);
}

// One part of the outbox; whether it was answered, so that the next may follow.
async function send(part) {
  let response;
  try {
    response = await fetch(document.getElementById("phone-page").dataset.acts, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf() },
      body: JSON.stringify({ acts: part.map(({ order, ...act }) => act) }),
    });
  } catch { return false; }
  if (response.status === 401 || response.status === 403) { location.assign("/"); return false; }
  if (!response.ok) return false;
  for (const answer of await response.json()) await settle(answer);
  return true;
}

export const flush = () => navigator.locks.request("outbox", async () => {
  let answered = true;
  while (acts.length && answered) {
    answered = await send(acts.slice(0, AT_ONCE));
    changed();
  }
  return answered;
});

addEventListener("online", flush);
document.addEventListener("visibilitychange", () => document.hidden || flush());
setInterval(() => acts.length && flush(), RETRY_MS);
