// The drawing area: strokes by pointer or touch, or a picture from a file, in the model's own size.

const ENLARGED = 10;
const MOST_SIZE = 640;

/** Grey or colour values of 0 to 255 on a canvas. */
function pixelsOf(canvas, channels) {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const pixels = [];
  for (let i = 0; i < data.length; i += 4) {
    if (channels === 3) {
      pixels.push(data[i], data[i + 1], data[i + 2]);
    } else {
      // The luma weights of Rec. 601, as the library's own reader has them.
      pixels.push(Math.round(0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2]));
    }
  }
  return pixels;
}

export class Pad {
  #canvas;
  #context;
  #shape;
  #factor;
  #brush;
  #changed;
  #last = null;

  /** @param changed told the pixels, and whether anything is drawn */
  constructor(canvas, brush, shape, changed) {
    this.#canvas = canvas;
    this.#shape = shape;
    this.#brush = brush;
    this.#changed = changed;
    this.#factor = Math.max(1, Math.min(ENLARGED, Math.floor(MOST_SIZE / Math.max(shape[0], shape[1]))));
    canvas.height = shape[0] * this.#factor;
    canvas.width = shape[1] * this.#factor;
    this.#context = canvas.getContext("2d", { willReadFrequently: true });
    this.#context.lineCap = "round";
    this.#context.lineJoin = "round";
    canvas.addEventListener("pointerdown", (event) => this.#begin(event));
    canvas.addEventListener("pointermove", (event) => this.#go(event));
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, () => (this.#last = null));
    }
    canvas.addEventListener("dragover", (event) => {
      event.preventDefault();
      canvas.classList.add("over");
    });
    canvas.addEventListener("dragleave", () => canvas.classList.remove("over"));
    this.#blacken();
  }

  clear() {
    this.#blacken();
    this.#changed(null);
  }

  /** Takes a picture over, whole, in the middle of the area. */
  async load(file) {
    const image = await createImageBitmap(file);
    const ratio = Math.min(this.#canvas.width / image.width, this.#canvas.height / image.height);
    const width = image.width * ratio;
    const height = image.height * ratio;
    this.#blacken();
    this.#context.imageSmoothingQuality = "high";
    this.#context.drawImage(
      image, (this.#canvas.width - width) / 2, (this.#canvas.height - height) / 2, width, height);
    image.close();
    this.#tell();
  }

  #blacken() {
    this.#context.fillStyle = "#000";
    this.#context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
  }

  #begin(event) {
    event.preventDefault();
    this.#canvas.setPointerCapture(event.pointerId);
    this.#last = this.#place(event);
    this.#stroke(this.#last);
  }

  #go(event) {
    if (this.#last !== null) {
      this.#stroke(this.#place(event));
    }
  }

  #place(event) {
    const box = this.#canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * this.#canvas.width,
      ((event.clientY - box.top) / box.height) * this.#canvas.height,
    ];
  }

  #stroke(to) {
    this.#context.strokeStyle = "#fff";
    this.#context.lineWidth = this.#brush.valueAsNumber * this.#factor;
    this.#context.beginPath();
    this.#context.moveTo(...this.#last);
    this.#context.lineTo(...to);
    this.#context.stroke();
    this.#last = to;
    this.#tell();
  }

  #tell() {
    const [height, width, channels] = this.#shape;
    const small = document.createElement("canvas");
    small.width = width;
    small.height = height;
    const context = small.getContext("2d", { willReadFrequently: true });
    context.imageSmoothingQuality = "high";
    context.drawImage(this.#canvas, 0, 0, width, height);
    this.#changed(pixelsOf(small, channels));
  }
}
