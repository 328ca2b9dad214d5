// Charts of the report: the values under the pointer, and a zoom by dragging; the same by keys. The lines are drawn in the units of
// the data, so a zoom changes the inner view box, and the ticks are set anew.
"use strict";

const SVG = "http://www.w3.org/2000/svg";

/** How far a pointer goes before it drags, in the picture's own units. */
const STILL = 4;

function pointsOf(path) {
  return [...path.getAttribute("d").matchAll(/[ML]([-\d.]+) ([-\d.]+)/g)].map((m) => ({ x: +m[1], y: -m[2] }));
}

function ticks(least, most, apart) {
  if (least === most) return [least];
  const rough = Math.max((most - least) / 6, apart);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough);
  const found = [];
  for (let i = Math.ceil(least / step); i * step <= most; i++) found.push(i * step);
  return found;
}

const shown = (value) => String(+value.toPrecision(6));

function chart(figure) {
  const plot = figure.querySelector(".plot");
  const outer = plot.querySelector("svg");
  const view = figure.querySelector("svg.view");
  const marks = figure.querySelector(".ticks");
  const output = figure.querySelector("output");
  const frame = figure.querySelector(".frame");
  const at = (name) => +frame.getAttribute(name);
  const box = { x: at("x"), y: at("y"), width: at("width"), height: at("height") };
  const lines = [...view.querySelectorAll("path:not(.mark)")].map((path) => ({
    name: figure.querySelector(`.key.${path.getAttribute("class")}`).textContent,
    points: pointsOf(path),
  }));
  const xs = [...new Set(lines.flatMap((line) => line.points.map((p) => p.x)))].sort((a, b) => a - b);
  const apart = xs.every(Number.isInteger) ? 1 : 0;
  const whole = view.viewBox.baseVal;
  const all = { least: whole.x, most: whole.x + whole.width, low: -whole.y - whole.height, high: -whole.y };
  let now = all;
  let place = -1; // which of xs is told
  let start = null; // where a range begins that is being chosen
  let pressed = false;

  const make = (name, attributes, parent) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    parent.append(made);
    return made;
  };
  const cursor = make("line", { class: "cursor", y1: box.y, y2: box.y + box.height, visibility: "hidden" }, outer);
  const chosen = make("rect", { class: "chosen", y: box.y, height: box.height, visibility: "hidden" }, outer);
  const reset = document.createElement("button");
  reset.type = "button";
  reset.textContent = "All epochs";
  reset.hidden = true;
  figure.querySelector("figcaption").append(reset);

  const across = (x) => box.x + (box.width * (x - now.least)) / (now.most - now.least);
  const up = (y) => box.y + (box.height * (now.high - y)) / (now.high - now.low);

  function tick(line, text, value) {
    make("line", line, marks);
    make("text", text, marks).textContent = shown(value);
  }

  function show(range) {
    now = range;
    view.setAttribute("viewBox", [now.least, -now.high, now.most - now.least, now.high - now.low].join(" "));
    marks.replaceChildren();
    const bottom = box.y + box.height;
    for (const value of ticks(Math.max(now.least, xs[0]), Math.min(now.most, xs[xs.length - 1]), apart)) {
      const x = across(value);
      tick({ x1: x, x2: x, y1: box.y, y2: bottom }, { x, y: bottom + 18, "text-anchor": "middle" }, value);
    }
    for (const value of ticks(now.low, now.high, 0)) {
      const y = up(value);
      const text = { x: box.x - 6, y, dy: "0.35em", "text-anchor": "end" };
      tick({ x1: box.x, x2: box.x + box.width, y1: y, y2: y }, text, value);
    }
    reset.hidden = now === all;
    choose(null);
    tell(-1);
  }

  function tell(index) {
    place = index;
    const x = xs[index];
    cursor.setAttribute("visibility", x === undefined ? "hidden" : "visible");
    output.textContent = "";
    if (x === undefined) return;
    cursor.setAttribute("x1", across(x));
    cursor.setAttribute("x2", across(x));
    const values = lines.map((line) => {
      const point = line.points.find((p) => p.x === x);
      return `${line.name} ${point ? shown(point.y) : "none"}`;
    });
    output.textContent = [`${figure.dataset.across} ${shown(x)}`, ...values].join(", ");
  }

  /** Shades what lies between the start of a range and its end, or nothing. */
  function choose(from, to) {
    start = from;
    const open = from !== null && Math.abs(across(to) - across(from)) > STILL;
    chosen.setAttribute("visibility", open ? "visible" : "hidden");
    if (open) {
      chosen.setAttribute("x", Math.min(across(from), across(to)));
      chosen.setAttribute("width", Math.abs(across(to) - across(from)));
    }
    return open;
  }

  function zoom(from, to) {
    const [least, most] = [Math.min(from, to), Math.max(from, to)];
    const seen = lines.flatMap((line) => line.points.filter((p) => p.x >= least && p.x <= most).map((p) => p.y));
    if (seen.length === 0) return choose(null);
    const [low, high] = [Math.min(...seen), Math.max(...seen)];
    const room = 0.04 * (high - low) || 0.04 * Math.abs(high) || 1;
    return show({ least, most, low: low - room, high: high + room });
  }

  function valueAt(event) {
    const bounds = outer.getBoundingClientRect();
    const scale = outer.viewBox.baseVal.width / bounds.width;
    const inside = Math.min(1, Math.max(0, ((event.clientX - bounds.left) * scale - box.x) / box.width));
    return now.least + inside * (now.most - now.least);
  }

  const inView = (x) => x >= now.least && x <= now.most;
  const nearest = (x) =>
    xs.reduce(
      (best, value, i) => (inView(value) && (best < 0 || Math.abs(value - x) < Math.abs(xs[best] - x)) ? i : best),
      -1,
    );

  outer.addEventListener("pointerdown", (event) => {
    pressed = true;
    choose(valueAt(event), valueAt(event));
    tell(nearest(start));
  });
  outer.addEventListener("pointermove", (event) => {
    const x = valueAt(event);
    tell(nearest(x));
    if (pressed) choose(start, x);
  });
  window.addEventListener("pointerup", (event) => {
    if (!pressed) return;
    pressed = false;
    const from = start;
    const to = valueAt(event);
    if (choose(from, to)) zoom(from, to);
    else choose(null);
  });
  window.addEventListener("pointercancel", () => {
    if (pressed) choose(null);
    pressed = false;
  });
  // A finger leaves where it is lifted; the values it pointed at stay.
  outer.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && !pressed && tell(-1));
  outer.addEventListener("dblclick", () => show(all));
  reset.addEventListener("click", () => {
    show(all);
    plot.focus();
  });

  function go(index, choosing) {
    const seen = xs.map((_, i) => i).filter((i) => inView(xs[i]));
    if (seen.length === 0) return;
    const from = place < 0 ? seen[0] : place;
    const to = Math.min(seen[seen.length - 1], Math.max(seen[0], index));
    tell(to);
    if (choosing) choose(start ?? xs[from], xs[to]);
    else choose(null);
  }
  const keys = {
    ArrowLeft: (event) => go(place - 1, event.shiftKey),
    ArrowRight: (event) => go(place < 0 && !event.shiftKey ? -1 : Math.max(place, 0) + 1, event.shiftKey),
    Home: (event) => go(-1, event.shiftKey),
    End: (event) => go(xs.length, event.shiftKey),
    Enter: () => start !== null && place >= 0 && xs[place] !== start && zoom(start, xs[place]),
    Escape: () => show(all),
  };
  plot.addEventListener("keydown", (event) => {
    if (!(event.key in keys) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    keys[event.key](event);
  });
}

document.querySelectorAll(".charts figure").forEach(chart);
document.getElementById("hint").hidden = false;
