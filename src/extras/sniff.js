// @ts-check
// What a file is by its first bytes. Loaded with the first file that is added.

/** As much as any of the marks below needs: the header of a program may lie a few kilobytes behind. */
const READ = 4_096;

const OFFICE = "docx xlsx pptx docm xlsm pptm dotx xltx potx dotm xltm potm ppsx ppsm xlsb";
const VIDEO = "mp4 mov m4v m4a m4b 3gp 3g2 qt";
const TEXT = "txt text md log";

/**
 * What content may be called. Several formats share a container: office files are zip archives, or, with
 * a password, old office files; an old one may hold rich text.
 *
 * @type {Record<string, string>}
 */
const NAMES = {
  png: "png apng",
  jpg: "jpg jpeg jfif jpe pjpeg pjp",
  gif: "gif",
  webp: "webp",
  bmp: "bmp dib",
  heic: "heic heif hif",
  avif: "avif heif",
  pdf: "pdf ai",
  zip: `zip ${OFFICE} odt ods odp odg epub jar apk xpi cbz kmz pages numbers key vsdx 3mf msix`,
  doc: `doc xls ppt dot xlt pot pps msg vsd pub mpp msi wps db ${OFFICE}`,
  rtf: "rtf doc",
  wav: "wav wave",
  mp4: VIDEO,
  mov: VIDEO,
  exe: "exe dll scr sys ocx com cpl efi drv",
  elf: "elf so o bin out ko",
  sh: `sh bash zsh ksh csh command py pl rb js mjs cjs ts php lua tcl awk r cgi ${TEXT}`,
  html: `html htm xhtml xht shtml svg xml mht mhtml php asp aspx jsp vue hbs eml ${TEXT}`,
};

/**
 * Says what the content is when that contradicts the name.
 *
 * @param {File} file
 * @returns {Promise<string | null>} an extension; null when all is well, or nothing can be told
 */
export async function sniff(file) {
  const extension = /[^.]\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase();
  if (!extension) return null;
  let bytes;
  try {
    bytes = new Uint8Array(await file.slice(0, READ).arrayBuffer());
  } catch {
    // Gone or not readable: the upload will say so.
    return null;
  }
  const found = kind(bytes);
  return found && !NAMES[found]?.split(" ").includes(extension) ? found : null;
}

/**
 * @param {Uint8Array} bytes
 * @returns {string | null}
 */
function kind(bytes) {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const at = (/** @type {number} */ start, /** @type {string} */ mark) => text.startsWith(mark, start);
  if (at(0, "\x89PNG\r\n\x1a\n")) return "png";
  if (at(0, "\xff\xd8\xff")) return "jpg";
  if (at(0, "GIF87a") || at(0, "GIF89a")) return "gif";
  if (at(0, "RIFF") && at(8, "WEBP")) return "webp";
  if (at(0, "RIFF") && at(8, "WAVE")) return "wav";
  if (at(0, "BM") && at(6, "\0\0\0\0") && text.length > 26) return "bmp";
  if (at(4, "ftyp")) return media(text.slice(8, 12));
  if (at(0, "%PDF-")) return "pdf";
  if (at(0, "PK\x03\x04") || at(0, "PK\x05\x06")) return "zip";
  if (at(0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) return "doc";
  if (at(0, "{\\rtf")) return "rtf";
  if (at(0, "\x7fELF")) return "elf";
  if (at(0, "MZ") && at(programAt(bytes), "PE\0\0")) return "exe";
  const start = text.replace(/^\xef\xbb\xbf/, "");
  if (start.startsWith("#!")) return "sh";
  return /^\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body|script|iframe)[\s>]/is.test(start) ? "html" : null;
}

/** Where a program for Windows says that its own header lies. @param {Uint8Array} bytes */
function programAt(bytes) {
  return bytes.length < 64 ? -1 : new DataView(bytes.buffer).getUint32(60, true);
}

/** @param {string} brand of the container that films, sound and newer pictures share */
function media(brand) {
  if (/^(hei[cxms]|hev[cxms]|mif1|msf1)$/.test(brand)) return "heic";
  if (/^avi[fs]$/.test(brand)) return "avif";
  return brand === "qt  " ? "mov" : "mp4";
}
