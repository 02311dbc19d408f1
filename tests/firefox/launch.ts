// Drives the system's Firefox by WebDriver BiDi, which every release of it speaks. Playwright wants a
// Firefox of its own for its older protocol, and asks more of BiDi than an ESR knows.
import { existsSync } from 'node:fs';
import puppeteer, { type Browser } from 'puppeteer-core';

export type { Browser, Page } from 'puppeteer-core';

const installed = [process.env.FIREFOX_PATH, '/usr/bin/firefox-esr', '/usr/bin/firefox'];

/** Starts a Firefox with a fresh profile that saves downloads into `downloads` without asking. */
export function launchFirefox(downloads: string): Promise<Browser> {
  const executablePath = installed.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('Firefox is missing: run `apt-get install firefox-esr`');
  return puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    extraPrefsFirefox: {
      'browser.download.dir': downloads,
      'browser.download.folderList': 2,
      'browser.download.useDownloadDir': true,
      'browser.download.always_ask_before_handling_new_types': false,
    },
  });
}
