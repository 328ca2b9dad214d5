// The view as the fragment of the page's address, and back. The token is no part of it.

const QUIET_MILLIS = 250;

const numbers = (text) => {
  const all = text.split(",").map(Number);
  return text !== "" && all.every(Number.isFinite) ? all : null;
};

/** What a fragment says; anything else is left out. */
export function read(fragment, latent) {
  const fields = new URLSearchParams(fragment.replace(/^#/, ""));
  const view = {};
  for (const key of ["z", "from", "to"]) {
    const point = numbers(fields.get(key) ?? "");
    if (point?.length === latent) {
      view[key] = point;
    }
  }
  for (const key of ["label", "seed", "temperature"]) {
    const number = numbers(fields.get(key) ?? "");
    if (number?.length === 1) {
      view[key] = number[0];
    }
  }
  if (["linear", "spherical"].includes(fields.get("method"))) {
    view.method = fields.get("method");
  }
  if (["free", "held"].includes(fields.get("mode"))) {
    view.held = fields.get("mode") === "held";
  }
  return view;
}

/** The fragment of a view. */
export function write(view) {
  const fields = [["z", view.z.join(",")]];
  if (view.from !== null) {
    fields.push(["from", view.from.join(",")]);
  }
  if (view.to !== null) {
    fields.push(["to", view.to.join(",")]);
  }
  if (view.label !== null) {
    fields.push(["label", view.label]);
  }
  fields.push(["seed", view.seed], ["temperature", view.temperature], ["method", view.method]);
  fields.push(["mode", view.held ? "held" : "free"]);
  return "#" + fields.map(([key, value]) => `${key}=${value}`).join("&");
}

/** Keeps the address in step, once the view has come to rest: browsers refuse a change a frame. */
export class Address {
  #timer = 0;
  #anchor;

  constructor(anchor) {
    this.#anchor = anchor;
  }

  follow(view) {
    const fragment = write(view);
    this.#anchor.href = fragment;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => history.replaceState(null, "", location.search + fragment), QUIET_MILLIS);
  }
}
