// @ts-check
// A small picture of a local image. Loaded when the first one comes into sight.

/** Larger ones take too long to decode for a picture of a few pixels, bytes. */
const MOST = 30 * 1024 * 1024;
/** Beyond this an image is a line: scaled so that it fills the square it would be enormous. */
const LONGEST = 16;

/**
 * Draws an image so that it fills the canvas, cut off evenly where it is longer. It is decoded straight to
 * its small size, and no object URL is made.
 *
 * @param {File} file
 * @param {HTMLCanvasElement} canvas in the page, with its size set by the sheet
 * @returns {Promise<boolean>} false when the file is no image the browser can decode
 */
export async function thumbnail(file, canvas) {
  if (!file.type.startsWith("image/") || file.size > MOST) return false;
  const scale = globalThis.devicePixelRatio || 1;
  const width = Math.round((canvas.clientWidth || canvas.width) * scale);
  const height = Math.round((canvas.clientHeight || canvas.height) * scale);
  const context = canvas.getContext("2d");
  if (!context || width === 0 || height === 0) return false;
  try {
    const image = await decoded(file, width, height);
    canvas.width = width;
    canvas.height = height;
    const fit = Math.max(width / image.width, height / image.height);
    const [across, down] = [image.width * fit, image.height * fit];
    context.drawImage(image, (width - across) / 2, (height - down) / 2, across, down);
    image.close();
    return true;
  } catch {
    return false;
  }
}

/**
 * The image at least as wide and as high as asked for, hardly larger: naming one side keeps its shape.
 *
 * @param {File} file
 * @param {number} width
 * @param {number} height
 */
async function decoded(file, width, height) {
  const resizeQuality = "medium";
  const image = await createImageBitmap(file, { resizeHeight: height, resizeQuality });
  if (image.width >= width || image.height > image.width * LONGEST) return image;
  image.close();
  return createImageBitmap(file, { resizeWidth: width, resizeQuality });
}
