// Detections come as server-sent events, the newest last; the browser reconnects by itself and says which it saw last.
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

const element = (id) => document.getElementById(id);
const rows = element("rows");
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const calendar = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

function showConnection(state, text) {
  element("connection").dataset.state = state;
  element("connection-text").textContent = text;
}

function showMessage(text) {
  element("message").textContent = text;
  element("message").hidden = text === "";
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
  find(".file bdi").textContent = named ? detection.name : "no name";
  find(".file").classList.toggle("unnamed", !named);

  const level = detection.localReputation;
  const [word, kind] = REPUTATIONS.get(level) ?? ["Unnamed level", "none"];
  find(".reputation").textContent = `${word} (${level})`;
  find(".reputation").classList.add(kind);

  find(".action").textContent = detection.remediationAction;
  find(".agent").textContent = detection.agentGuid;
  for (const [type, hex] of Object.entries(detection.hashes)) {
    const term = document.createElement("dt");
    term.textContent = type;
    const value = document.createElement("dd");
    value.textContent = hex;
    value.title = hex;
    find(".hashes").append(term, value);
  }
  return row;
}

function add(detection, fresh) {
  const row = rowOf(detection);
  row.classList.toggle("fresh", fresh);
  rows.prepend(row);
  if (rows.childElementCount > KEPT) {
    rows.lastElementChild.remove();
  }
  element("empty").hidden = true;
  element("list").hidden = false;
  const shown = rows.childElementCount;
  element("count").textContent =
    shown === 1 ? "1 detection" : shown < KEPT ? `${shown} detections` : `The last ${KEPT} detections`;
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
  }
}

element("curl").textContent =
  `curl -X POST -H 'Content-Type: application/json' -d '{"name":"a.exe","localReputation":1}' ${new URL("api/detections", location.href)}`;
element("force").addEventListener("click", force);

function follow() {
  rows.replaceChildren();
  const opened = performance.now();
  const events = new EventSource("api/detections/stream");
  events.addEventListener("connected", (event) => showConnection("up", `Connected to broker ${event.data}`));
  events.addEventListener("disconnected", (event) => showConnection("down", `Not connected: ${event.data}`));
  events.addEventListener("message", (event) => add(JSON.parse(event.data), performance.now() - opened > 1500));
  events.addEventListener("error", () => {
    showConnection("down", "This server doesn't answer; trying again…");
    // The browser gives up by itself when a server that starts answers with an error.
    if (events.readyState === EventSource.CLOSED) {
      setTimeout(follow, 2000);
    }
  });
}

follow();
