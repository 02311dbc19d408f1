// @ts-check
// The PUT to S3 over XMLHttpRequest: upload progress exists nowhere else.

/**
 * Sends a file as it is: the browser streams it from disk. Throws when the browser refuses a header or the
 * URL; nothing was sent then.
 *
 * @param {string} url
 * @param {string[]} headers names and values in turn
 * @param {File} file
 * @param {boolean} isTyped whether the headers name a type: if not, the browser must not add one of its own
 * @param {number} size of the file when it was picked
 * @param {(loaded: number) => void} onProgress
 * @param {(status: number, answer: string | boolean) => void} onEnd called once, unless it is stopped before:
 *   with S3's answer, or with 0 and whether the file can be read, for one that has changed looks like a lost
 *   answer
 * @returns {() => void} stops it; no call comes afterwards
 */
export function put(url, headers, file, isTyped, size, onProgress, onEnd) {
  const request = new XMLHttpRequest();
  request.open("PUT", url);
  for (let at = 0; at < headers.length; at += 2) {
    request.setRequestHeader(headers[at] ?? "", headers[at + 1] ?? "");
  }
  let isOver = false;
  const progress = (/** @type {ProgressEvent} */ { loaded }) => isOver || onProgress(loaded);
  request.upload.onprogress = progress;
  // Tells of the last byte too where a browser leaves that progress out.
  request.upload.onload = progress;
  request.onloadend = async () => {
    const { status } = request;
    const isReadable = status > 0 || (await probe(file, size));
    if (isOver) return;
    isOver = true;
    onEnd(status, status ? request.responseText : isReadable);
  };
  request.send(isTyped ? file : file.slice(0, file.size, ""));
  return () => {
    isOver = true;
    // Aborting a request that has ended is allowed and does nothing.
    request.abort();
  };
}

/**
 * Reads one byte of a file, to tell one that changed or vanished from a network fault.
 *
 * @param {Blob} file
 * @param {number} size
 */
function probe(file, size) {
  const byte = file.size === size ? file.slice(0, 1).arrayBuffer() : Promise.reject();
  return byte.then((bytes) => bytes.byteLength === 1, () => false);
}
