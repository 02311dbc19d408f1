import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";

const folder = new URL("../../src/locales/", import.meta.url);

test("every counted text has the forms that its language counts with", async () => {
  const wrong = [];
  for (const name of await readdir(folder)) {
    const tag = name.replace(".json", "");
    const rules = new Intl.PluralRules(tag);
    // Whole numbers of files: some languages have a form for millions or fractions only.
    const wanted = new Set(Array.from({ length: 201 }, (_, count) => rules.select(count)));
    for (const [key, text] of Object.entries(JSON.parse(await readFile(new URL(name, folder), "utf8")))) {
      if (!text.startsWith("[")) continue;
      const there = [...text.matchAll(/\[(\w+)\]/g)].map(([, category]) => category);
      const lacks = [...wanted].filter((category) => !there.includes(category));
      if (lacks.length > 0) wrong.push(`${tag} ${key} lacks ${lacks}`);
    }
  }
  assert.deepEqual(wrong, []);
});
