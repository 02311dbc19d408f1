// One widget as a person and a host meet it: by role and name, and by the element's own API.
import { expect, type Locator, type Page } from '@playwright/test';

export type Action =
  | 'Upload'
  | 'Download'
  | 'Preview'
  | 'Rename'
  | 'Cancel'
  | 'Pause'
  | 'Resume'
  | 'Try again'
  | 'Check again'
  | 'Check status'
  | 'Choose again'
  | 'Copy details'
  | 'Delete'
  | 'Undo'
  | 'Remove from list';

/** The parts of an item snapshot that tests look at. */
export interface Item {
  id: number;
  name: string;
  originalName: string | null;
  size: number;
  phase: string;
  hold: string;
  stalled: boolean;
  resource: string;
  fileId: string | null;
  sent: number;
  percent: number;
  secondsLeft: number | null;
  error: { stage: string; code: string; retryable: boolean; serviceCode: string | null } | null;
  refusals: { rule: string }[];
  warnings: { kind: string }[];
  isLocal: boolean;
}

/** What an in-memory file is made of. */
export interface Made {
  name: string;
  content: string | Buffer;
  type?: string;
}

interface Host extends HTMLElement {
  items: Item[];
  limits: { maxBytes: number; extensions: string[]; maxFiles: number | null; source: string } | null;
  ready: Promise<void>;
  addFiles(files: File[]): void;
}

/** Locators and helpers of one `<connect-attached-files>`. */
export class Widget {
  readonly host: Locator;
  readonly panel: Locator;
  readonly input: Locator;
  readonly folderInput: Locator;
  readonly list: Locator;
  readonly rows: Locator;
  /** The question before a delete. */
  readonly dialog: Locator;
  readonly live: Locator;

  constructor(
    readonly page: Page,
    selector = 'connect-attached-files',
  ) {
    this.host = page.locator(selector);
    this.panel = this.host.getByRole('region', { name: 'Attached files' });
    this.input = this.host.getByLabel('Choose files');
    this.folderInput = this.host.getByLabel('Choose folder');
    this.list = this.host.getByRole('list', { name: 'Attached files' });
    this.rows = this.host.locator('[data-row]');
    this.dialog = this.host.getByRole('dialog');
    this.live = this.panel.locator('.caf-live');
  }

  /** Waits until the widget stands, knows its limits and has listed what the case holds. */
  async ready() {
    await this.stands();
    await expect.poll(async () => (await this.limits())?.source, 'limits are read').not.toBe('awaited');
    await expect(this.panel.getByText('Loading the files of this case…')).toBeHidden();
  }

  /** Waits until the widget has taken over from the skeleton. */
  async stands() {
    await this.page.waitForFunction(() => customElements.get('connect-attached-files') !== undefined);
    await this.host.evaluate((host) => (host as Host).ready);
  }

  items(): Promise<Item[]> {
    return this.host.evaluate((host) => (host as Host).items);
  }

  limits() {
    return this.host.evaluate((host) => (host as Host).limits);
  }

  async item(name: string): Promise<Item | undefined> {
    return (await this.items()).find((item) => item.name === name);
  }

  /** The row of a file, by its whole name. */
  row(name: string): Locator {
    return this.rows.filter({ has: this.page.locator(`bdi`, { hasText: exactly(name) }) });
  }

  /** A button of a row by its accessible name. */
  button(action: Action, name: string): Locator {
    return this.panel.getByRole('button', { name: `${action}: ${name}`, exact: true });
  }

  /** The field for a new name, once it is there to be typed into: it is fetched with its first use. */
  async field(name: string): Promise<Locator> {
    const field = this.panel.getByRole('textbox', { name: `New name of ${name}`, exact: true });
    await expect(field).toBeFocused();
    return field;
  }

  /** A button, or a choice, for all files together. */
  tool(name: string | RegExp): Locator {
    return this.panel.getByRole('button', { name }).and(this.panel.locator('.caf-toolbar > *'));
  }

  /** Calls a method of the element. */
  call(method: string, ...given: (string | number)[]) {
    return this.host.evaluate(
      (host, [method, given]) => (host as unknown as Record<string, (...given: unknown[]) => void>)[method]?.(...given),
      [method, given] as const,
    );
  }

  /** Sets attributes; null takes one away. */
  async set(attributes: Record<string, string | null>) {
    await this.host.evaluate((host, attributes) => {
      for (const [name, value] of Object.entries(attributes)) {
        if (value === null) host.removeAttribute(name);
        else host.setAttribute(name, value);
      }
    }, attributes);
  }

  /** Asks for a delete and says yes. The call goes out when the time for an undo is over. */
  async delete(name: string) {
    await this.button('Delete', name).click();
    await this.dialog.getByRole('button', { name: 'Delete' }).click();
  }

  /** Scrolls until a row is drawn: of a long list only what is in sight is. */
  async bring(name: string) {
    const row = this.row(name);
    await this.list.evaluate((list) => list.scrollTo(0, 0));
    await expect(async () => {
      await this.list.evaluate((list, drawn) => drawn || list.scrollBy(0, 400), (await row.count()) > 0);
      await expect(row).toHaveCount(1, { timeout: 100 });
    }).toPass({ intervals: [0] });
  }

  /** The names of the rows that are drawn, from top to bottom. */
  names(): Promise<string[]> {
    return this.rows.locator('bdi').allTextContents();
  }

  /** Picks files as a person does in the file dialog. */
  async pick(...files: (Made | string)[]) {
    if (files.every((file) => typeof file === 'string')) return this.input.setInputFiles(files);
    const made = files.filter((file) => typeof file !== 'string');
    await this.input.setInputFiles(
      made.map(({ name, content, type }) => ({
        name,
        mimeType: type ?? 'text/plain',
        buffer: Buffer.from(content),
      })),
    );
  }

  /** Hands files in as a host does. */
  async add(...files: { name: string; content: string }[]) {
    await this.host.evaluate((host, files) => {
      (host as Host).addFiles(files.map(({ name, content }) => new File([content], name)));
    }, files);
  }

  /** Waits until a file has come to a phase. */
  async reaches(name: string, phase: string, timeout = 15_000) {
    await expect(this.row(name)).toHaveAttribute('data-phase', phase, { timeout });
  }

  /** Picks one file and follows it to its end. */
  async attach(name: string, content = 'hello', phase = 'approved') {
    await this.pick({ name, content });
    await this.reaches(name, phase);
  }
}

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}
