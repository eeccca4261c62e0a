// Detections come as server-sent events, the newest last; the browser reconnects by itself and says which it saw last.
import { copy } from "./copy.js";
import { Rate } from "./rate.js";

const KEPT = 1000;
const REPUTATIONS = new Map([
  [100, ["Known trusted installer", "good"]],
  [99, ["Known trusted", "good"]],
  [85, ["Most likely trusted", "good"]],
  [70, ["Might be trusted", "good"]],
  [50, ["Unknown", "unsure"]],
  [30, ["Might be malicious", "unsure"]],
  [15, ["Most likely malicious", "bad"]],
  [1, ["Known malicious", "bad"]],
  [0, ["Not set", "none"]],
]);

// What can't be seen yet changes what surrounds it, as U+202E, which turns the direction of a file name.
const visible = (text) =>
  String(text).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (c) => `⟨U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);

const element = (id) => document.getElementById(id);
const rows = element("rows");
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const calendar = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const rate = new Rate(element("rate"), element("rate-window"), element("seconds"));

function showConnection(state, word, detail) {
  element("connection").dataset.state = state;
  element("connection-state").textContent = word;
  element("connection-detail").textContent = visible(detail);
}

function showGap(from, to) {
  const at = (time) => clock.format(new Date(time));
  element("gap").textContent =
    to === undefined
      ? ""
      : `Nothing could be received from ${at(from)} to ${at(to)} on ${calendar.format(new Date(to))}. ` +
        "What was detected then isn't in this list.";
}

function showMessage(text) {
  element("message").textContent = visible(text);
  element("message").hidden = text === "";
}

// A screen reader that reads every detection never comes to its end.
const unspoken = [];
setInterval(() => {
  if (unspoken.length > 0) {
    const last = unspoken.at(-1);
    element("spoken").textContent = unspoken.length === 1 ? last : `${unspoken.length} new detections, the last: ${last}`;
    unspoken.length = 0;
  }
}, 3000);

function hashOf(foreignType, foreignHex, name) {
  const [type, hex] = [visible(foreignType), visible(foreignHex)];
  const item = element("hash").content.firstElementChild.cloneNode(true);
  const button = item.querySelector("button");
  button.querySelector(".type").append(type);
  button.querySelector("code").textContent = hex;
  button.title = `Copy ${hex}`;
  button.addEventListener("click", async () => {
    const copied = await copy(hex);
    button.classList.toggle("copied", copied);
    setTimeout(() => button.classList.remove("copied"), 2000);
    element("spoken").textContent = copied ? `Copied: ${type} of ${name}` : "";
    showMessage(copied ? "" : `The browser doesn't let this page copy. ${type}: ${hex}`);
  });
  return item;
}

function rowOf(detection) {
  const row = element("row").content.firstElementChild.cloneNode(true);
  const find = (selector) => row.querySelector(selector);

  const at = new Date(detection.detectionTime * 1000);
  const time = find("time");
  if (Number.isNaN(at.getTime())) {
    time.textContent = detection.detectionTime;
  } else {
    time.dateTime = at.toISOString();
    const day = document.createElement("span");
    day.className = "day";
    day.textContent = calendar.format(at);
    time.append(clock.format(at), day);
  }

  // Foreign text: never as markup, and never able to turn the direction of what stands beside it.
  const named = typeof detection.name === "string";
  const name = named ? visible(detection.name) : "no name";
  find(".file bdi").textContent = name;
  find(".file").classList.toggle("unnamed", !named);

  const level = detection.localReputation;
  const [word, kind] = REPUTATIONS.get(level) ?? ["Unnamed level", "none"];
  find(".reputation").textContent = `${word} (${level})`;
  row.classList.add(kind);

  find(".action").textContent = `number ${detection.remediationAction}`;
  find(".agent").textContent = visible(detection.agentGuid);
  find(".hashes").append(...Object.entries(detection.hashes).map(([type, hex]) => hashOf(type, hex, name)));
  return row;
}

function add(detection, fresh) {
  const row = rowOf(detection);
  row.classList.toggle("fresh", fresh);
  rows.prepend(row);
  if (rows.childElementCount > KEPT) {
    rows.lastElementChild.remove();
  }
  if (fresh) {
    rate.count();
    unspoken.push(`${row.querySelector(".file").textContent}, ${row.querySelector(".reputation").textContent}`);
  }
  showFigures();
}

// Once for all that come in one go: a page that opens gets up to 1,000.
let asked = false;
function showFigures() {
  if (!asked) {
    asked = true;
    queueMicrotask(() => {
      asked = false;
      const shown = rows.childElementCount;
      element("empty").hidden = shown > 0;
      element("list").hidden = shown === 0;
      element("count").textContent =
        shown === 1 ? "1 detection" : shown < KEPT ? `${shown} detections` : `The last ${KEPT} detections`;
      const number = (kind) => rows.getElementsByClassName(kind).length;
      element("bad").textContent = number("bad");
      element("unsure").textContent = number("unsure") + number("none");
      element("good").textContent = number("good");
    });
  }
}

async function force() {
  const button = element("force");
  button.disabled = true;
  try {
    const response = await fetch("api/detections", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{}",
    });
    const problems = response.ok ? [] : ((await response.json()).problems ?? [`Answer ${response.status}`]);
    showMessage(problems.join("; "));
  } catch (problem) {
    showMessage(`The server can't be reached: ${problem.message}`);
  } finally {
    button.disabled = false;
    button.focus();
  }
}

element("curl").textContent =
  `curl -X POST -H 'Content-Type: application/json' -d '{"name":"a.exe","localReputation":1}' ${new URL("api/detections", location.href)}`;
element("force").addEventListener("click", force);

function follow() {
  rows.replaceChildren();
  showFigures();
  const events = new EventSource("api/detections/stream");
  // A stream begins with what this page hasn't seen yet; then the server tells the connection, and what follows is new.
  let live = false;
  const goLive = () => {
    if (!live) {
      live = true;
      rate.start();
    }
  };
  events.addEventListener("connected", (event) => {
    const [broker, from, to] = event.data.split(" ");
    showConnection("up", "Connected", `to ${broker}`);
    showGap(from, to);
    goLive();
  });
  events.addEventListener("disconnected", (event) => {
    showConnection("down", "Disconnected", event.data);
    element("gap").textContent = "Nothing arrives until the connection is back. It is tried again by itself.";
    goLive();
  });
  events.addEventListener("message", (event) => add(JSON.parse(event.data), live));
  events.addEventListener("error", () => {
    live = false;
    showConnection("down", "No answer", "from this server; trying again…");
    // The browser gives up by itself when a server that starts answers with an error.
    if (events.readyState === EventSource.CLOSED) {
      setTimeout(follow, 2000);
    }
  });
}

follow();
