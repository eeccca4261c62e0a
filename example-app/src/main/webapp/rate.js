// How many detections came in the last minute. Counts what this page has seen arrive: after it was opened, or lost the
// server, it says how long it has counted, and makes no minute out of a few seconds.
const SECONDS = 60;
const BAR_WIDTH = 4;
const HEIGHT = 36;

export class Rate {
  #arrivals = [];
  #since = performance.now();

  constructor(number, window, bars) {
    this.number = number;
    this.window = window;
    this.bars = Array.from({ length: SECONDS }, (_, second) => {
      const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      bar.setAttribute("x", second * BAR_WIDTH);
      bar.setAttribute("width", BAR_WIDTH - 1);
      return bar;
    });
    bars.append(...this.bars);
    setInterval(() => this.#show(), 1000);
    this.#show();
  }

  start() {
    this.#arrivals.length = 0;
    this.#since = performance.now();
    this.#show();
  }

  count() {
    this.#arrivals.push(performance.now());
    this.#show();
  }

  #show() {
    const now = performance.now();
    const gone = this.#arrivals.findIndex((at) => now - at < SECONDS * 1000);
    this.#arrivals.splice(0, gone < 0 ? this.#arrivals.length : gone);

    const counted = Math.floor((now - this.#since) / 1000);
    const perSecond = this.#arrivals.length / SECONDS;
    this.number.textContent = this.#arrivals.length;
    if (counted < SECONDS) {
      this.window.textContent = `received in ${counted} s so far`;
    } else {
      this.window.textContent =
        "received in the last minute" + (perSecond >= 1 ? `, ${perSecond.toFixed(1)} per second` : "");
    }

    const heights = new Array(SECONDS).fill(0);
    for (const at of this.#arrivals) {
      heights[SECONDS - 1 - Math.floor((now - at) / 1000)]++;
    }
    const highest = Math.max(5, ...heights);
    this.bars.forEach((bar, second) => {
      const height = Math.max(1, (heights[second] / highest) * HEIGHT);
      bar.setAttribute("height", height);
      bar.setAttribute("y", HEIGHT - height);
    });
  }
}
