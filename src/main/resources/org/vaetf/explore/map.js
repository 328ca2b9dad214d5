// The map: rows of the test data in the plane of the latent space, and the point.

// Paul Tol's colour schemes "muted" for paper and "light" for the dark; the last one is the ink.
const ON_LIGHT = ["#332288", "#88ccee", "#44aa99", "#117733", "#999933", "#ddcc77", "#cc6677", "#882255", "#aa4499"];
const ON_DARK = ["#77aadd", "#99ddff", "#44bb99", "#bbcc33", "#aaaa00", "#eedd88", "#ee8866", "#ffaabb", "#b59fff"];
const SHAPES = ["circle", "square", "triangle", "diamond"];
const SIZE = 2.8;
const LEAST_REACH = 3;
const MARGIN = 1.06;
const STEP = 1 / 60;
const LARGE_STEP = 1 / 12;

function dot(a, b) {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

/** Coordinates of the plane, and the points that they stand for. */
export class Plane {
  constructor({ mean, across, down }) {
    this.mean = mean;
    this.across = across;
    this.down = down;
  }

  /** Where a point lies, seen from straight above. */
  of(z) {
    const centred = z.map((value, i) => value - this.mean[i]);
    return [dot(centred, this.across), dot(centred, this.down)];
  }

  /** The point moved to a place; how far it is off the plane stays. */
  moved(z, [u, v]) {
    const [oldU, oldV] = this.of(z);
    return z.map((value, i) => value + (u - oldU) * this.across[i] + (v - oldV) * this.down[i]);
  }
}

/** How rows of a label look. Labels beyond the colours have the next shape. */
class Marks {
  constructor(dark) {
    const ink = dark ? "#ffffff" : "#000000";
    this.colours = [...(dark ? ON_DARK : ON_LIGHT), ink];
  }

  draw(context, label, x, y, size) {
    const shape = SHAPES[Math.floor(label / this.colours.length) % SHAPES.length];
    context.fillStyle = this.colours[label % this.colours.length];
    context.beginPath();
    if (shape === "circle") {
      context.arc(x, y, size, 0, 2 * Math.PI);
    } else if (shape === "square") {
      context.rect(x - size, y - size, 2 * size, 2 * size);
    } else {
      context.moveTo(x, y - 1.3 * size);
      context.lineTo(x + 1.2 * size, y + (shape === "triangle" ? size : 0));
      if (shape === "diamond") {
        context.lineTo(x, y + 1.3 * size);
      }
      context.lineTo(x - 1.2 * size, y + (shape === "triangle" ? size : 0));
    }
    context.fill();
  }
}

export class LatentMap {
  #canvas;
  #legend;
  #plane;
  #places;
  #labels;
  #names;
  #centre;
  #reach;
  #ground = document.createElement("canvas");
  #view = { z: null, marks: [] };

  constructor(canvas, legend, plane, points) {
    this.#canvas = canvas;
    this.#legend = legend;
    this.#plane = plane;
    this.#places = points.means.map((mean) => plane.of(mean));
    this.#labels = points.labels ?? points.means.map(() => 0);
    this.#names = points.labels ? points.classes : null;
    const ends = [0, 1].map((axis) => {
      const all = this.#places.map((place) => place[axis]);
      return [all.reduce((a, b) => Math.min(a, b), -LEAST_REACH), all.reduce((a, b) => Math.max(a, b), LEAST_REACH)];
    });
    this.#centre = ends.map(([least, most]) => (least + most) / 2);
    this.#reach = (MARGIN / 2) * Math.max(...ends.map(([least, most]) => most - least));
    new ResizeObserver(() => this.#drawGround()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#drawGround());
  }

  /** Tells where somebody points, and how keys move the point. */
  listen(move, hold) {
    const go = (event) => {
      const box = this.#canvas.getBoundingClientRect();
      move(this.#toPlane((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height), event);
    };
    this.#canvas.addEventListener("pointermove", go);
    this.#canvas.addEventListener("pointerdown", go);
    this.#canvas.addEventListener("click", hold);
    this.#canvas.addEventListener("keydown", (event) => {
      const [right, up] =
        { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key] ?? [0, 0];
      if (right === 0 && up === 0) {
        return;
      }
      event.preventDefault();
      const step = 2 * this.#reach * (event.shiftKey ? LARGE_STEP : STEP);
      const [u, v] = this.#plane.of(this.#view.z);
      move([u + right * step, v + up * step], event);
    });
  }

  /** Draws the point, and marks that have a letter. */
  show(z, marks) {
    this.#view = { z, marks };
    const context = this.#canvas.getContext("2d");
    const scale = this.#canvas.width / this.#canvas.clientWidth;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    context.drawImage(this.#ground, 0, 0);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    const style = getComputedStyle(this.#canvas);
    context.strokeStyle = style.color;
    context.fillStyle = style.color;
    marks.forEach(({ letter, z: at }) => {
      const [x, y] = this.#toScreen(this.#plane.of(at));
      context.fillStyle = style.backgroundColor;
      context.lineWidth = 1.5;
      context.beginPath();
      context.arc(x, y, 9, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
      context.fillStyle = style.color;
      context.font = "bold 11px system-ui, sans-serif";
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(letter, x, y + 0.5);
    });
    const [x, y] = this.#toScreen(this.#plane.of(z));
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x, y, 7, 0, 2 * Math.PI);
    context.moveTo(x - 14, y);
    context.lineTo(x - 4, y);
    context.moveTo(x + 4, y);
    context.lineTo(x + 14, y);
    context.moveTo(x, y - 14);
    context.lineTo(x, y - 4);
    context.moveTo(x, y + 4);
    context.lineTo(x, y + 14);
    context.stroke();
  }

  #toScreen([u, v]) {
    const { clientWidth, clientHeight } = this.#canvas;
    return [
      (0.5 + (u - this.#centre[0]) / this.#reach / 2) * clientWidth,
      (0.5 - (v - this.#centre[1]) / this.#reach / 2) * clientHeight,
    ];
  }

  #toPlane(right, down) {
    return [
      this.#centre[0] + (2 * right - 1) * this.#reach,
      this.#centre[1] + (1 - 2 * down) * this.#reach,
    ];
  }

  /** The rows, which do not move; drawn anew where size or colours change. */
  #drawGround() {
    const scale = devicePixelRatio;
    for (const canvas of [this.#canvas, this.#ground]) {
      canvas.width = Math.round(this.#canvas.clientWidth * scale);
      canvas.height = Math.round(this.#canvas.clientHeight * scale);
    }
    const marks = new Marks(matchMedia("(prefers-color-scheme: dark)").matches);
    const context = this.#ground.getContext("2d");
    context.setTransform(scale, 0, 0, scale, 0, 0);
    this.#drawAxes(context);
    context.globalAlpha = 0.8;
    this.#places.forEach((place, i) => marks.draw(context, this.#labels[i], ...this.#toScreen(place), SIZE));
    this.#drawLegend(marks);
    if (this.#view.z !== null) {
      this.show(this.#view.z, this.#view.marks);
    }
  }

  #drawAxes(context) {
    const { clientWidth, clientHeight } = this.#canvas;
    const [x, y] = this.#toScreen([0, 0]);
    context.strokeStyle = getComputedStyle(this.#canvas).borderColor;
    context.beginPath();
    context.moveTo(x, 0);
    context.lineTo(x, clientHeight);
    context.moveTo(0, y);
    context.lineTo(clientWidth, y);
    context.stroke();
  }

  #drawLegend(marks) {
    const labels = this.#names === null ? [] : [...new Set(this.#labels)].sort((a, b) => a - b);
    this.#legend.replaceChildren(
      ...labels.map((label) => {
        const entry = document.createElement("li");
        const swatch = document.createElement("canvas");
        swatch.width = swatch.height = 24;
        swatch.ariaHidden = "true";
        marks.draw(swatch.getContext("2d"), label, 12, 12, 8);
        entry.append(swatch, this.#names[label] ?? String(label));
        return entry;
      }));
  }
}
