// @ts-check
// Numbers, sizes, dates and plurals as the reader writes them; the browser knows how.

const KILO = 1024;

/** @type {Record<string, Intl.NumberFormatOptions>} */
const UNITS = { byte: { unitDisplay: "long" } };

/** The habits of one language. Formatters are kept: making one costs more than drawing a row. */
export class Locale {
  /** @type {string[]} */
  #tags = [];
  /** @type {Record<string, Intl.NumberFormat>} */
  #numbers = {};
  /** @type {Intl.DateTimeFormat | undefined} */
  #dates;

  /** @param {string} tag BCP 47; the browser's own habits for one that is empty or none */
  constructor(tag) {
    try {
      this.#tags = Intl.getCanonicalLocales(tag || []);
    } catch {
      // What is no tag has no habits.
    }
  }

  get tag() {
    return this.#tags[0] ?? "";
  }

  /**
   * @param {number} count
   * @param {string} [unit] of ECMA-402's table
   */
  number(count, unit) {
    const style = unit ? "unit" : "decimal";
    this.#numbers[unit ?? ""] ??= new Intl.NumberFormat(this.#tags, {
      style,
      unit,
      unitDisplay: "short",
      maximumFractionDigits: 1,
      ...UNITS[unit ?? ""],
    });
    return /** @type {Intl.NumberFormat} */ (this.#numbers[unit ?? ""]).format(count);
  }

  /**
   * Binary steps, as Connect counts (20 MB are 20 971 520 bytes); one decimal below ten.
   *
   * @param {number} bytes
   */
  size(bytes, per = "") {
    const [step, unit] = bytes < KILO && !per ? [1, "byte"] : bytes < KILO * KILO ? [KILO, "kilobyte"] : [KILO * KILO, "megabyte"];
    const count = bytes / step;
    const places = count < 10 ? 10 : 1;
    return this.number(Math.floor(count * places) / places, unit + per);
  }

  /**
   * @param {"number" | "percent" | "size" | "speed" | "time" | "plural"} kind
   * @param {number} value
   */
  format(kind, value) {
    return kind === "percent" ? this.number(value, kind) : this[kind](value);
  }

  /** @param {number} bytes in a second */
  speed(bytes) {
    return this.size(bytes, "-per-second");
  }

  /**
   * In whole minutes from 90 seconds on.
   *
   * @param {number} seconds
   */
  time(seconds) {
    return seconds < 90 ? this.number(Math.max(seconds, 1), "second") : this.number(Math.ceil(seconds / 60), "minute");
  }

  /** @param {string} iso ISO 8601; an empty answer for what is none */
  when(iso) {
    const date = new Date(iso);
    this.#dates ??= new Intl.DateTimeFormat(this.#tags, { dateStyle: "medium", timeStyle: "short" });
    return isNaN(+date) ? "" : this.#dates.format(date);
  }

  /**
   * The plural category of a count, such as "one" or "other".
   *
   * @param {number} count
   */
  plural(count) {
    return new Intl.PluralRules(this.#tags).select(count);
  }

  /**
   * The places of names in the order of the language, numbers in them by their value.
   *
   * @param {string[]} names
   */
  sorted(names) {
    const { compare } = new Intl.Collator(this.#tags, { numeric: true, sensitivity: "base" });
    return [...names.keys()].sort((a, b) => compare(names[a] ?? "", names[b] ?? ""));
  }
}
