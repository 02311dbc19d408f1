// Uploads that stand where a test puts them. Real ones move by what fits into the system's buffers.
import type { Page } from '@playwright/test';

declare global {
  interface Window {
    sendTo(share: number): void;
  }
}

/** Bodies from this size on are held. */
export const HELD = 1_000_000;

/** Pages opened from now on send no body of `HELD` bytes or more; `sendTo` says how far they seem to be. */
export async function holdSending(page: Page) {
  await page.addInitScript(hold, HELD);
  return { sendTo: (share: number) => page.evaluate((share) => window.sendTo(share), share) };
}

/** Runs in the page before its scripts. */
function hold(least: number) {
  const { send } = XMLHttpRequest.prototype;
  const held: { upload: XMLHttpRequestUpload; size: number }[] = [];
  XMLHttpRequest.prototype.send = function (body) {
    if (body instanceof Blob && body.size >= least) held.push({ upload: this.upload, size: body.size });
    else send.call(this, body);
  };
  window.sendTo = (share) => {
    for (const { upload, size } of held) {
      const loaded = Math.floor(size * share);
      upload.dispatchEvent(new ProgressEvent('progress', { lengthComputable: true, loaded, total: size }));
    }
  };
}
