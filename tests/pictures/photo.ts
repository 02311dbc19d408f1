// The photo that the preview shows: drawn here, so that it needs no licence and no file.
import type { Page } from '@playwright/test';

const DRAWING = `
<body style="margin:0">
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 520" width="800" height="520">
  <defs>
    <linearGradient id="wall" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#d9dfe2"/><stop offset="1" stop-color="#b4bdc2"/></linearGradient>
    <linearGradient id="tank" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#8fa6b0"/><stop offset=".35" stop-color="#e8f0f3"/><stop offset="1" stop-color="#6e8792"/></linearGradient>
    <linearGradient id="water" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#2f7f9c"/><stop offset=".35" stop-color="#7cc4da"/><stop offset="1" stop-color="#22627a"/></linearGradient>
  </defs>
  <rect width="800" height="520" fill="url(#wall)"/>
  <rect y="400" width="800" height="120" fill="#8a6f56"/>
  <ellipse cx="400" cy="430" rx="210" ry="30" fill="#5d4937" opacity=".55"/>
  <rect x="230" y="90" width="340" height="340" rx="42" fill="url(#tank)"/>
  <rect x="250" y="210" width="300" height="200" rx="26" fill="url(#water)" opacity=".85"/>
  <rect x="330" y="60" width="140" height="44" rx="14" fill="#42535b"/>
  <path d="M470 150 l-22 46 26 22 -34 52 20 30 -30 44" fill="none" stroke="#26343b" stroke-width="5" stroke-linejoin="round"/>
  <path d="M474 218 l38 18 M440 270 l-34 22" fill="none" stroke="#26343b" stroke-width="3"/>
  <path d="M431 346 q-6 40 2 70 q30 26 90 30 q-70 14 -120 -6 q10 -50 28 -94" fill="#7cc4da" opacity=".8"/>
</svg>`;

/** Takes the place of the page's content for a moment. */
export async function photo(page: Page) {
  await page.setContent(DRAWING);
  return page.screenshot({ clip: { x: 0, y: 0, width: 780, height: 520 }, type: 'jpeg', quality: 90 });
}
