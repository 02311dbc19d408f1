import { defineConfig } from '@playwright/test';

// `cargo xtask test` finds or installs the browsers and names them here; without it, Playwright's own is used.
const executablePath = process.env.CHROMIUM_PATH || undefined;
const root = process.getuid?.() === 0;

const chromium = {
  browserName: 'chromium' as const,
  headless: true,
  launchOptions: {
    executablePath,
    chromiumSandbox: false,
    args: [
      '--headless',
      ...(root ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
};

export default defineConfig({
  outputDir: 'test-results',
  forbidOnly: Boolean(process.env.CI),
  // A test that passes only the second time has found something.
  retries: 0,
  workers: 2,
  timeout: 60_000,
  // A long soak and a bench bound themselves.
  globalTimeout: process.env.SOAK_FILES || process.env.BENCH_PAIRS ? 0 : 25 * 60_000,
  reporter: 'list',
  use: { screenshot: 'only-on-failure', trace: 'retain-on-failure', actionTimeout: 15_000 },
  projects: [
    { name: 'browser', testDir: 'browser', use: chromium },
    { name: 'states', testDir: 'states', fullyParallel: true, use: { ...chromium, timezoneId: 'UTC', trace: 'off' } },
    // A trace takes memory of the page, and these two measure it.
    { name: 'www', testDir: 'www', use: { ...chromium, trace: 'off' } },
    { name: 'soak', testDir: 'soak', use: { ...chromium, trace: 'off' } },
    // Measures, and is no test: only `cargo xtask bench` asks for it.
    ...(process.env.BENCH_PAIRS ? [{ name: 'bench', testDir: 'bench', use: { ...chromium, trace: 'off' as const } }] : []),
    // Takes the pictures of the documentation: only `cargo xtask pictures` asks for it.
    ...(process.env.PICTURES ? [{ name: 'pictures', testDir: 'pictures', use: { ...chromium, trace: 'off' as const } }] : []),
    { name: 'packaging', testDir: 'packaging', timeout: 180_000, use: chromium },
    { name: 'sdk', testDir: 'sdk' },
    // Firefox is driven by firefox/launch.ts: Playwright's protocol needs a Firefox of its own.
    { name: 'firefox', testDir: 'firefox' },
  ],
});
