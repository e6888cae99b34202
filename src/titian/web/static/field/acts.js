// What a page may do: send an act to the house, turn to another page.
import { eventNow } from "./clock.js";
import { put } from "./outbox.js";

export const go = (detail) => document.dispatchEvent(new CustomEvent("titian:go", { detail }));
export const act = (command, subject, args = {}, word = {}) =>
  put({ command, subject, at: eventNow().toISOString(), arguments: args, ...word });
