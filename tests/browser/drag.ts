// Drags from outside the browser, as the operating system would send them.
import type { Locator, Page } from '@playwright/test';

/** What is dragged: paths on disk, or text. */
export interface Dragged {
  files?: string[];
  text?: string;
}

/** Drags over the middle of a target, or over a point, and stays there until moved or dropped. */
export async function drag(
  page: Page,
  target: Locator | { x: number; y: number },
  { files, text }: Dragged,
) {
  const at = 'x' in target ? target : await middle(target);
  const session = await page.context().newCDPSession(page);
  const items = text === undefined ? [] : [{ mimeType: 'text/plain', data: text }];
  const data = { items, ...(files && { files }), dragOperationsMask: 1 };
  const send = (type: 'dragEnter' | 'dragOver' | 'drop', point = at) =>
    session.send('Input.dispatchDragEvent', { type, ...point, data });
  await send('dragEnter');
  await send('dragOver');
  return {
    drop: () => send('drop'),
    moveTo: async (next: Locator | { x: number; y: number }) =>
      send('dragOver', 'x' in next ? next : await middle(next)),
  };
}

async function middle(target: Locator) {
  const box = await target.boundingBox();
  if (!box) throw new Error('the target is not visible');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
