// The short text that the phone's own SMS carries when there is no data. It is written
// exactly as titian/loop/codes.py reads it: a test holds the two together.
import { eventNow, toInput } from "./clock.js";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ALPHABET = `${DIGITS} -./`;
const MODULUS = 1291;
const RADIX = 57;
const SHORT = { medical: "MED", lost_person: "MIS", lost_passport: "PAS", security: "SEC", quake: "QUA", tsunami: "TSU", fire: "FIR", food: "FOO", protest: "PRO", crowd: "CRO", infectious: "INF", flight_stop: "FLY", stranded: "STR", other: "OTH" };
const WORDS = { safe: "OK", missing: "MIS", injured: "INJ" };

export function checked(text) {
  const sum = [...text].reduce((total, letter) => (total * RADIX + ALPHABET.indexOf(letter) + 1) % MODULUS, 0);
  return `${text} ${DIGITS[Math.floor(sum / 36)]}${DIGITS[sum % 36]}`;
}
// A place as the code can carry it: capitals and digits, no spaces, at most twenty.
export function placed(words) {
  const plain = words.toUpperCase().normalize("NFKD").replace(/[^A-Z0-9./-]+/g, "").replace(/^[./-]+/, "").slice(0, 20);
  return plain || "-";
}
const stamp = (at) => toInput(at).replace(/^\d{4}-\d\d-(\d\d)T(\d\d):(\d\d)$/, "$1$2$3");

export function reported(party, alarm, severity, place, at = eventNow()) {
  return checked(`SOS ${party} ${SHORT[alarm]}${severity} ${placed(place)} ${stamp(at)}`);
}
export function answered(roll, party, word, people, at = eventNow()) {
  return checked(`M${roll} ${party} ${WORDS[word]}${people ?? ""} ${stamp(at)}`);
}
export const smsTo = (number, text) => `sms:${number.replace(/[^\d+]/g, "")}?body=${encodeURIComponent(text)}`;
