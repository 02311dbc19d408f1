// @ts-check
/** @import { Words } from "./locale.js" */
import locales from "./locales/index.js";

/** Where Chinese is written the traditional way without the tag saying so. */
const TRADITIONAL = ["TW", "HK", "MO"];

/**
 * The words for the first language of several that there is a translation for, else English.
 *
 * @param {readonly string[]} tags as a page or a browser writes them
 * @param {Record<string, string> | null} strings texts that the host replaces, by key
 * @param {Words} english
 * @returns {Promise<Words>}
 */
export async function words(tags, strings, english) {
  const { tag, locale } = choice(tags);
  const [translation, keys] = await Promise.all([
    locales[locale]?.(),
    strings ? import("./keys.js") : undefined,
  ]);
  return {
    tag,
    texts: (translation?.default ?? english.texts).map((text, at) => strings?.[keys?.default[at] ?? ""] ?? text),
    phrases: { ...english.phrases, ...translation?.phrases, ...strings },
  };
}

/**
 * What is wanted, and the translation that serves it.
 *
 * @param {readonly string[]} tags
 * @returns {{ tag: string, locale: string }}
 */
export function choice(tags) {
  for (const tag of tags) {
    const locale = translation(tag);
    // The tag itself where it is served: an Austrian writes numbers in another way than a German.
    if (locale) return { tag: new Intl.Locale(tag).toString(), locale };
  }
  return { tag: "en", locale: "en" };
}

/**
 * The translation for a language: regions and scripts count only where they are written differently.
 *
 * @param {string} tag
 * @returns {string | undefined}
 */
function translation(tag) {
  try {
    const { language, script, region = "" } = new Intl.Locale(tag);
    // Comes with the scripts that load first.
    if (language === "en") return language;
    if (language === "zh") {
      const isTraditional = script ? script === "Hant" : TRADITIONAL.includes(region);
      return isTraditional ? "zh-TW" : "zh-CN";
    }
    return Object.keys(locales).find((locale) => locale.split("-")[0] === language);
  } catch {
    // No tag at all, such as "en_US".
    return undefined;
  }
}
