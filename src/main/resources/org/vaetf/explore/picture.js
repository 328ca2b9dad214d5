// Pictures on canvases: one pixel of the canvas is one of the picture, and the style sheet enlarges.

const LEAST_SAVED = 256;
const GAP = 1;

/** Draws the picture at a place among bytes [count, height, width, channels]. */
export function draw(canvas, pictures, shape, at = 0) {
  const [height, width, channels] = shape;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const image = new ImageData(width, height);
  const first = at * height * width * channels;
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let colour = 0; colour < 3; colour++) {
      image.data[4 * pixel + colour] =
        pictures[first + pixel * channels + (channels === 3 ? colour : 0)];
    }
    image.data[4 * pixel + 3] = 255;
  }
  // Pixels come from the processor and are read there when they are saved.
  canvas.getContext("2d", { willReadFrequently: true }).putImageData(image, 0, 0);
}

/** Saves canvases of one size as one PNG file, enlarged by a whole factor if they are tiny. */
export function save(canvases, columns, name) {
  const { width, height } = canvases[0];
  const across = Math.min(columns, canvases.length);
  const lines = Math.ceil(canvases.length / across);
  const whole = document.createElement("canvas");
  const wide = across * (width + GAP) - GAP;
  const high = lines * (height + GAP) - GAP;
  const factor = Math.max(1, Math.ceil(LEAST_SAVED / Math.max(wide, high)));
  whole.width = wide * factor;
  whole.height = high * factor;
  const context = whole.getContext("2d");
  context.imageSmoothingEnabled = false;
  canvases.forEach((canvas, i) => {
    const left = (i % across) * (width + GAP) * factor;
    const top = Math.floor(i / across) * (height + GAP) * factor;
    context.drawImage(canvas, left, top, width * factor, height * factor);
  });
  whole.toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${name}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
}

/** Pictures to choose from. One of them is in the tab order; arrow keys go to the others. */
export class Pictures {
  #element;
  #shape;
  #choose;

  constructor(element, shape, choose) {
    this.#element = element;
    this.#shape = shape;
    this.#choose = choose;
    element.addEventListener("keydown", (event) => this.#move(event));
  }

  /** Shows as many pictures as there are names, each with a caption where there is one. */
  show(pictures, names, captions = []) {
    while (this.#element.children.length > names.length) {
      this.#element.lastChild.remove();
    }
    while (this.#element.children.length < names.length) {
      this.#element.append(this.#button(this.#element.children.length));
    }
    names.forEach((name, i) => {
      const button = this.#element.children[i];
      button.ariaLabel = name;
      button.lastChild.textContent = captions[i] ?? "";
      draw(button.firstChild, pictures, this.#shape, i);
    });
  }

  canvases() {
    return [...this.#element.querySelectorAll("canvas")];
  }

  #button(number) {
    const button = document.createElement("button");
    button.type = "button";
    button.tabIndex = number === 0 ? 0 : -1;
    button.append(document.createElement("canvas"), document.createElement("span"));
    button.addEventListener("click", () => this.#choose(number));
    return button;
  }

  #move(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const from = document.activeElement;
    const to = step > 0 ? from.nextElementSibling : from.previousElementSibling;
    if (step === undefined) {
      return;
    }
    event.preventDefault();
    if (to !== null) {
      from.tabIndex = -1;
      to.tabIndex = 0;
      to.focus();
    }
  }
}
