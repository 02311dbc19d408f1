// Puts the scripts into one folder, as in the package, around a stand-in for the generated glue.
import { copyFile, cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const scripts = fileURLToPath(new URL("../../js/", import.meta.url));
const extras = fileURLToPath(new URL("../../../src/extras/", import.meta.url));
const edge = fileURLToPath(new URL("../../../src/edge/", import.meta.url));
const phrases = new URL("../../phrases.json", import.meta.url);
const modules = fileURLToPath(new URL("../../../tests/node_modules", import.meta.url));
const glue = fileURLToPath(new URL("./glue.mjs", import.meta.url));

/**
 * Modules keep state, so each test gets a folder, and with it modules, of its own.
 *
 * @returns `load(name)` imports one of them
 */
export async function assemble() {
  const folder = await mkdtemp(join(tmpdir(), "facade-"));
  after(() => rm(folder, { recursive: true }));
  const script = (name, content, named) => {
    const further = named ? `export const phrases = ${JSON.stringify(named)};` : "";
    return writeFile(join(folder, name), `export default ${JSON.stringify(content)};${further}`);
  };
  for (const name of await readdir(scripts)) {
    if (name.endsWith(".js")) await copyFile(join(scripts, name), join(folder, name));
  }
  await copyFile(glue, join(folder, "connect_attached_files.js"));
  await writeFile(join(folder, "theme.js"), 'export default ".caf-panel{}";');
  await cp(extras, join(folder, "extras"), { recursive: true });
  await cp(edge, join(folder, "edge"), { recursive: true, filter: (name) => !name.endsWith(".rs") });
  await script("phrases.js", JSON.parse(await readFile(phrases, "utf8")));
  await script("keys.js", ["title", "greeting"]);
  await script("texts.js", ["Attached files", "Hello"]);
  await mkdir(join(folder, "locales"));
  await script("locales/de.js", ["Angehängte Dateien", "Hallo"], {
    title: "Angehängte Dateien",
    loading: "Lädt…",
    "try-again": "Nochmal",
    "late-compile_failed": "Nicht zugelassen.",
  });
  const each = ["de", "pt-BR", "zh-CN", "zh-TW"].map((tag) => `"${tag}": () => import("./${tag}.js")`);
  await writeFile(join(folder, "locales/index.js"), `export default { ${each.join()} };`);
  await symlink(modules, join(folder, "node_modules"), "dir");
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
  return (name) => import(pathToFileURL(join(folder, name)).href);
}
