// Where the focus is, as a screen reader would name it.
import { expect, type Page } from '@playwright/test';

/** The accessible name of what has the focus, through shadow roots; of a row, its file's name. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    if (!active || active === document.body) return 'nothing';
    if (active.matches('li')) return `row ${active.querySelector('bdi')?.textContent}`;
    const label = active.closest('label')?.textContent ?? active.textContent;
    return active.getAttribute('aria-label') ?? label ?? active.tagName;
  });
}

/** Presses the tab key until something of this name has the focus. */
export async function tabTo(page: Page, name: string, key = 'Tab') {
  const passed: string[] = [];
  for (let n = 0; n < 60; n += 1) {
    await page.keyboard.press(key);
    const at = await focused(page);
    if (at === name) return;
    passed.push(at);
  }
  expect(passed, `${name} is never reached`).toContain(name);
}
