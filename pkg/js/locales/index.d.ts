/** The texts of one language. */
export interface Translation {
  /** In the order of the keys. */
  default: string[];
  /** The facade's own, by key. */
  phrases: Record<string, string>;
}

/** What fetches each language there is, made from src/locales when the package is put together. */
declare const locales: Record<string, () => Promise<Translation>>;
export default locales;
