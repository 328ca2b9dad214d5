// What the model makes of a picture: bars of its posterior, terms of its evidence.

const SVG = "http://www.w3.org/2000/svg";
const MOST_BARS = 20;
const WIDTH = 320;
const LINE = 16;
const LEFT = 34;
const RIGHT = 12;
const LEAST_REACH = 3;

function element(name, attributes, text = "") {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.textContent = text;
  return made;
}

/** A bar to the mean and a whisker of one standard deviation for each dimension, by KL. */
export function drawBars(place, dimensions, mean, deviation) {
  const shown = dimensions.slice(0, MOST_BARS).map(({ index }) => index);
  const reach = shown.reduce((most, i) => Math.max(most, Math.abs(mean[i]) + deviation[i]), LEAST_REACH);
  const x = (value) => LEFT + ((value / reach + 1) / 2) * (WIDTH - LEFT - RIGHT);
  const height = shown.length * LINE + LINE;
  const text = shown.map((i) => `z${i} ${mean[i].toFixed(2)} ± ${deviation[i].toFixed(2)}`).join(", ");
  const svg = element("svg", { viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": text });
  for (const tick of [-Math.floor(reach), 0, Math.floor(reach)]) {
    svg.append(
      element("line", { class: "axis", x1: x(tick), x2: x(tick), y1: 0, y2: shown.length * LINE }),
      element("text", { x: x(tick), y: height - 3, "text-anchor": "middle" }, String(tick)));
  }
  shown.forEach((i, line) => {
    const middle = line * LINE + LINE / 2;
    svg.append(
      element("text", { x: 0, y: middle + 3 }, `z${i}`),
      element("rect", {
        class: "bar",
        x: Math.min(x(0), x(mean[i])),
        y: middle - 5,
        width: Math.abs(x(mean[i]) - x(0)),
        height: 10,
      }));
    const [from, to] = [x(mean[i] - deviation[i]), x(mean[i] + deviation[i])];
    svg.append(element("path", {
      class: "whisker",
      fill: "none",
      d: `M${from} ${middle}H${to}M${from} ${middle - 4}v8M${to} ${middle - 4}v8`,
    }));
  });
  place.replaceChildren(svg);
}

/** The terms of the evidence, in nats. */
export function listEvidence(list, evidence) {
  const terms = [
    ["ELBO", evidence.elbo],
    ["E log p(x|z)", evidence.reconstruction],
    ["KL to the prior", evidence.kl],
    ["log p(x), 64 draws", evidence.logLikelihood],
  ];
  list.replaceChildren(
    ...terms.flatMap(([name, nats]) => {
      const term = document.createElement("dt");
      const value = document.createElement("dd");
      term.textContent = name;
      value.textContent = nats === null ? "none" : `${nats.toFixed(2)} nats`;
      return [term, value];
    }));
}
