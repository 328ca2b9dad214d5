// Charts of the report: the values under the pointer or the arrow keys, and a zoom by dragging (double click or Escape: all again).
// The lines are drawn in the units of the data, so a zoom changes the inner view box, and the ticks are set anew.
"use strict";

const SVG = "http://www.w3.org/2000/svg";

function pointsOf(path) {
  return [...path.getAttribute("d").matchAll(/[ML]([-\d.]+) ([-\d.]+)/g)].map((m) => ({ x: +m[1], y: -m[2] }));
}

function ticks(least, most) {
  const rough = (most - least) / 6;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough);
  const found = [];
  for (let i = Math.ceil(least / step); i * step <= most; i++) found.push(i * step);
  return found;
}

const shown = (value) => String(+value.toPrecision(6));

function chart(figure) {
  const plot = figure.querySelector(".plot");
  const view = figure.querySelector("svg.view");
  const marks = figure.querySelector(".ticks");
  const output = figure.querySelector("output");
  const frame = figure.querySelector(".frame");
  const at = (name) => +frame.getAttribute(name);
  const box = { x: at("x"), y: at("y"), width: at("width"), height: at("height") };
  const names = [...figure.querySelectorAll(".key")].map((key) => key.textContent);
  const lines = [...view.querySelectorAll("path")].map((path, i) => ({ name: names[i], points: pointsOf(path) }));
  const xs = [...new Set(lines.flatMap((line) => line.points.map((p) => p.x)))].sort((a, b) => a - b);
  const whole = view.viewBox.baseVal;
  const all = { least: whole.x, most: whole.x + whole.width, low: -whole.y - whole.height, high: -whole.y };
  let now = all;
  let place = -1;
  let dragged = null;

  const make = (name, attributes, parent) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    parent.append(made);
    return made;
  };
  const outer = plot.querySelector("svg");
  const cursor = make("line", { class: "cursor", y1: box.y, y2: box.y + box.height, visibility: "hidden" }, outer);
  const chosen = make("rect", { class: "chosen", y: box.y, height: box.height, visibility: "hidden" }, outer);

  const across = (x) => box.x + (box.width * (x - now.least)) / (now.most - now.least);
  const up = (y) => box.y + (box.height * (now.high - y)) / (now.high - now.low);

  function tick(attributes, text, value) {
    make("line", attributes, marks);
    make("text", text, marks).textContent = shown(value);
  }

  function show(range) {
    now = range;
    view.setAttribute("viewBox", [now.least, -now.high, now.most - now.least, now.high - now.low].join(" "));
    marks.replaceChildren();
    for (const value of ticks(now.least, now.most)) {
      const x = across(value);
      tick(
        { x1: x, x2: x, y1: box.y, y2: box.y + box.height },
        { x, y: box.y + box.height + 18, "text-anchor": "middle" },
        value,
      );
    }
    for (const value of ticks(now.low, now.high)) {
      const y = up(value);
      tick(
        { x1: box.x, x2: box.x + box.width, y1: y, y2: y },
        { x: box.x - 6, y, dy: "0.35em", "text-anchor": "end" },
        value,
      );
    }
    tell(-1);
  }

  function tell(index) {
    place = index;
    const x = xs[index];
    cursor.setAttribute("visibility", x === undefined ? "hidden" : "visible");
    if (x === undefined) {
      output.textContent = "";
      return;
    }
    cursor.setAttribute("x1", across(x));
    cursor.setAttribute("x2", across(x));
    const values = lines.map((line) => {
      const point = line.points.find((p) => p.x === x);
      return point ? `${line.name} ${shown(point.y)}` : null;
    });
    output.textContent = [`${figure.dataset.across} ${shown(x)}`, ...values.filter(Boolean)].join(", ");
  }

  function zoom(from, to) {
    const [least, most] = [Math.min(from, to), Math.max(from, to)];
    const seen = lines.flatMap((line) => line.points.filter((p) => p.x >= least && p.x <= most).map((p) => p.y));
    if (seen.length < 2 || most <= least) return;
    const [low, high] = [Math.min(...seen), Math.max(...seen)];
    const room = 0.04 * (high - low || 1);
    show({ least, most, low: low - room, high: high + room });
  }

  function valueAt(event) {
    const bounds = outer.getBoundingClientRect();
    const scale = outer.viewBox.baseVal.width / bounds.width;
    const inside = Math.min(1, Math.max(0, ((event.clientX - bounds.left) * scale - box.x) / box.width));
    return now.least + inside * (now.most - now.least);
  }

  const nearest = (x) =>
    xs.reduce((best, value, i) => (best < 0 || Math.abs(value - x) < Math.abs(xs[best] - x) ? i : best), -1);

  outer.addEventListener("pointermove", (event) => {
    const x = valueAt(event);
    tell(nearest(x));
    if (dragged !== null) {
      chosen.setAttribute("visibility", "visible");
      chosen.setAttribute("x", Math.min(across(dragged), across(x)));
      chosen.setAttribute("width", Math.abs(across(dragged) - across(x)));
    }
  });
  outer.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch") dragged = valueAt(event);
  });
  window.addEventListener("pointerup", (event) => {
    if (dragged === null) return;
    const to = valueAt(event);
    chosen.setAttribute("visibility", "hidden");
    if (Math.abs(across(to) - across(dragged)) > 4) zoom(dragged, to);
    dragged = null;
  });
  outer.addEventListener("pointerleave", () => dragged === null && tell(-1));
  outer.addEventListener("dblclick", () => show(all));
  plot.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step) {
      tell(Math.min(xs.length - 1, Math.max(0, place + step)));
      event.preventDefault();
    } else if (event.key === "Escape") {
      show(all);
    }
  });
}

document.querySelectorAll("figure.chart").forEach(chart);
