// Puts the page together: one view, what changes it, and what follows from it.

import * as api from "./api.js";
import { Pad } from "./draw.js";
import { Address, read } from "./link.js";
import { LatentMap, Plane } from "./map.js";
import { Pictures, draw, save } from "./picture.js";
import { drawBars, listEvidence } from "./posterior.js";

const SLIDERS = 10;
const SAMPLES = 64;
const NEIGHBOURS = 8;
const DIGITS = 4;

const id = (name) => document.getElementById(name);
// Adding 0 makes 0 of −0.
const rounded = (z) => z.map((value) => Number(value.toFixed(DIGITS)) + 0);

function complain(fault) {
  id("fault").textContent = fault.message;
  id("fault").hidden = false;
  id("draw-section").ariaBusy = "false";
}

function asked(work) {
  return api.newestWins(async (...what) => {
    await work(...what);
    id("fault").hidden = true;
  }, complain);
}

class Page {
  constructor(model, points) {
    this.model = model;
    this.points = points;
    this.plane = new Plane(model.plane);
    this.view = {
      z: rounded(model.plane.mean),
      label: model.conditional ? 0 : null,
      seed: 0,
      temperature: 1,
      from: null,
      to: null,
      method: "linear",
      held: false,
    };
    this.drawn = null;
    this.posterior = null;
    this.address = new Address(id("link"));
    this.map = new LatentMap(id("map"), id("legend"), this.plane, points);
    const go = (points) => (number) => this.goTo(points()[number]);
    this.samples = new Pictures(id("samples"), model.shape, go(() => this.sampled));
    this.strip = new Pictures(id("strip"), model.shape, go(() => this.path));
    this.neighbours = new Pictures(id("neighbours"), model.shape, go(() => this.nearest));
    this.pad = new Pad(id("pad"), id("brush"), model.shape, (pixels) => this.draw(pixels));
    this.decode = asked(async (z, label) => {
      draw(id("picture"), await api.decode({ z, label }), model.shape);
      id("picture").dataset.z = z.join(",");
    });
    this.encode = asked((pixels, label) => this.showPosterior(pixels, label));
    this.sample = asked((body) => this.showSamples(body));
    this.interpolate = asked((body) => this.showPath(body));
    this.describe();
    this.addSliders();
    this.listen();
    addEventListener("hashchange", () => this.follow(location.hash));
    this.follow(location.hash);
  }

  describe() {
    const { data, latent, shape, points, plane, conditional, classes } = this.model;
    const map = latent > 2
      ? `; the map is the plane of two principal components, ${Math.round(100 * plane.share)} % of the variance`
      : "";
    const rows = points === 0 ? "no test rows" : `${points} test rows`;
    id("about").textContent =
      `${data}, ${shape[0]}×${shape[1]}, ${latent} latent ${latent === 1 ? "dimension" : "dimensions"}, ${rows}${map}`;
    id("label-choice").hidden = !conditional;
    id("label").append(...classes.map((name, number) => new Option(name, number)));
    id("neighbours-title").hidden = points === 0;
  }

  addSliders() {
    this.sliders = this.model.dimensions.map(({ index, klNats, least, greatest }, rank) => {
      const row = document.createElement("div");
      const name = document.createElement("label");
      const slider = document.createElement("input");
      const value = document.createElement("output");
      row.className = "slider";
      row.hidden = rank >= SLIDERS;
      slider.type = "range";
      slider.id = `z${index}`;
      slider.min = least;
      slider.max = greatest;
      slider.step = "any";
      name.htmlFor = value.htmlFor = slider.id;
      name.textContent = `z${index}` + (klNats === null || klNats === undefined ? "" : ` · ${klNats.toFixed(2)} nats`);
      slider.addEventListener("input", () =>
        this.goTo(this.view.z.with(index, slider.valueAsNumber)));
      row.append(name, slider, value);
      id("slider-rows").append(row);
      return { index, row, slider, value };
    });
    id("more").hidden = this.sliders.length <= SLIDERS;
    id("more").addEventListener("click", () => {
      this.sliders.filter(({ row }) => row.hidden).slice(0, SLIDERS).forEach(({ row }) => (row.hidden = false));
      id("more").hidden = this.sliders.every(({ row }) => !row.hidden);
    });
  }

  listen() {
    this.map.listen(
      (place, event) => {
        const moving = event.type === "keydown" || event.pointerType === "touch" || !this.view.held;
        if (moving) {
          this.goTo(this.plane.moved(this.view.z, place));
        }
      },
      () => this.change({ held: !this.view.held }));
    id("map").addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        this.change({ held: !this.view.held });
      } else if (event.key.toLowerCase() === "a" || event.key.toLowerCase() === "b") {
        this.change({ [event.key.toLowerCase() === "a" ? "from" : "to"]: this.view.z });
      }
    });
    id("middle").addEventListener("click", () => this.goTo(this.model.plane.mean));
    id("go").addEventListener("click", () => this.goTo(this.posterior.mean));
    id("clear").addEventListener("click", () => this.pad.clear());
    id("file").addEventListener("change", () => this.load(id("file").files[0]));
    for (const type of ["dragover", "drop"]) {
      // Whatever misses the area must not replace the page.
      addEventListener(type, (event) => event.preventDefault());
    }
    id("pad").addEventListener("drop", (event) => {
      id("pad").classList.remove("over");
      this.load(event.dataTransfer.files[0]);
    });
    id("set-from").addEventListener("click", () => this.change({ from: this.view.z }));
    id("set-to").addEventListener("click", () => this.change({ to: this.view.z }));
    id("method").addEventListener("change", () => this.change({ method: id("method").value }));
    id("steps").addEventListener("change", () => this.change({}));
    id("label").addEventListener("change", () => this.change({ label: Number(id("label").value) }));
    id("seed").addEventListener("input", () => {
      if (Number.isSafeInteger(id("seed").valueAsNumber)) {
        this.change({ seed: id("seed").valueAsNumber });
      }
    });
    id("next-seed").addEventListener("click", () => this.change({ seed: this.view.seed + 1 }));
    id("temperature").addEventListener("input", () =>
      this.change({ temperature: id("temperature").valueAsNumber }));
    const canvases = {
      picture: () => [id("picture")],
      reconstruction: () => [id("reconstruction")],
      strip: () => this.strip.canvases(),
      samples: () => this.samples.canvases(),
    };
    document.querySelectorAll("[data-save]").forEach((button) =>
      button.addEventListener("click", () => {
        const { save: what, name } = button.dataset;
        const all = canvases[what]();
        if (all.length > 0) {
          save(all, what === "samples" ? Math.ceil(Math.sqrt(all.length)) : all.length, name);
        }
      }));
  }

  /** Takes over what the address says. */
  follow(fragment) {
    this.change(read(fragment, this.model.latent), true);
  }

  goTo(z) {
    this.change({ z: rounded([...z]) });
  }

  /** Changes the view; what depends on the change is asked anew. */
  change(changes, all = false) {
    const before = this.view;
    const view = (this.view = { ...before, ...changes });
    const differs = (...keys) => all || keys.some((key) => view[key] !== before[key]);
    this.show();
    if (differs("z", "label")) {
      this.decode(view.z, view.label);
    }
    if (differs("seed", "temperature", "label")) {
      const { seed, temperature, label } = view;
      this.sample({ seed, temperature, label, count: SAMPLES });
    }
    if (view.from !== null && view.to !== null && (differs("from", "to", "method", "label") || !("z" in changes))) {
      const { from, to, method, label } = view;
      this.interpolate({ from, to, method, label, steps: id("steps").valueAsNumber });
    }
    if (differs("label") && this.drawn !== null) {
      this.encode(this.drawn, view.label);
    }
    this.address.follow(view);
  }

  /** Controls and map as the view says. */
  show() {
    const { z, label, seed, temperature, method, held, from, to } = this.view;
    const marks = [["A", from], ["B", to], ["✎", this.posterior?.mean ?? null]]
      .filter(([, at]) => at !== null)
      .map(([letter, at]) => ({ letter, z: at }));
    this.map.show(z, marks);
    this.sliders.forEach(({ index, slider, value }) => {
      slider.value = z[index];
      value.value = z[index].toFixed(2);
    });
    const [u, v] = this.plane.of(z).map((value) => (Math.round(100 * value) / 100 + 0).toFixed(2));
    id("place").textContent = `${u}, ${v} on the map`;
    id("held").hidden = !held;
    id("method").value = method;
    id("temperature").value = temperature;
    id("temperature-value").value = temperature.toFixed(2);
    if (label !== null) {
      id("label").value = label;
    }
    if (document.activeElement !== id("seed")) {
      id("seed").value = seed;
    }
  }

  async load(file) {
    if (file === undefined) {
      return;
    }
    try {
      await this.pad.load(file);
    } catch {
      complain(new Error(`${file.name} is no picture that this browser can read`));
    }
  }

  draw(pixels) {
    this.drawn = pixels;
    id("draw-section").ariaBusy = String(pixels !== null);
    if (pixels !== null) {
      this.encode(pixels, this.view.label);
    } else {
      this.forget();
    }
  }

  /** An empty drawing area has no posterior. */
  forget() {
    this.posterior = null;
    for (const name of ["input", "reconstruction"]) {
      draw(id(name), new Uint8Array(this.model.shape.reduce((a, b) => a * b)), this.model.shape);
    }
    id("evidence").replaceChildren();
    id("posterior").replaceChildren();
    this.neighbours.show(new Uint8Array(0), []);
    id("go").disabled = true;
    this.show();
  }

  async showPosterior(pixels, label) {
    const answer = await api.encode({ pixels, label, neighbours: NEIGHBOURS });
    if (this.drawn === null) {
      return;
    }
    this.posterior = answer;
    draw(id("input"), pixels, this.model.shape);
    draw(id("reconstruction"), answer.reconstruction, this.model.shape);
    listEvidence(id("evidence"), answer.evidence);
    drawBars(id("posterior"), this.model.dimensions, answer.mean, answer.deviation);
    this.nearest = answer.neighbours.map(({ point }) => this.points.means[point]);
    const names = answer.neighbours.map(({ point }) => this.nameOf(point));
    this.neighbours.show(
      answer.pictures,
      answer.neighbours.map(({ distance }, i) => `row of label ${names[i]}, ${distance.toFixed(2)} away`),
      answer.neighbours.map(({ distance }, i) => `${names[i]} · ${distance.toFixed(2)}`));
    id("go").disabled = false;
    id("draw-section").ariaBusy = String(pixels !== this.drawn);
    this.show();
  }

  nameOf(point) {
    const label = this.points.labels?.[point];
    return label === undefined ? "unknown" : (this.points.classes[label] ?? String(label));
  }

  async showSamples(body) {
    const { z, pictures } = await api.sample(body);
    this.sampled = z;
    this.samples.show(pictures, z.map((point, i) => `sample ${i + 1}`));
    id("samples").dataset.asked = `${body.seed},${body.temperature}`;
  }

  async showPath(body) {
    const { z, pictures } = await api.interpolate(body);
    this.path = z;
    this.strip.show(pictures, z.map((point, i) => `step ${i + 1} of ${z.length}`));
  }
}

try {
  const [model, points] = await Promise.all([api.model(), api.points()]);
  const page = new Page(model, points);
  page.forget();
} catch (fault) {
  id("about").textContent = "";
  complain(fault);
}
