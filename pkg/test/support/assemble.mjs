// Puts the scripts into one folder, as in the package, around a stand-in for the generated glue.
import { copyFile, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const scripts = fileURLToPath(new URL("../../js/", import.meta.url));
const glue = fileURLToPath(new URL("./glue.mjs", import.meta.url));

/**
 * Modules keep state, so each test gets a folder, and with it modules, of its own.
 *
 * @returns `load(name)` imports one of them
 */
export async function assemble() {
  const folder = await mkdtemp(join(tmpdir(), "facade-"));
  after(() => rm(folder, { recursive: true }));
  for (const name of await readdir(scripts)) {
    if (name.endsWith(".js")) await copyFile(join(scripts, name), join(folder, name));
  }
  await copyFile(glue, join(folder, "connect_attached_files.js"));
  await writeFile(join(folder, "theme.js"), 'export default ".caf-panel{}";');
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
  return (name) => import(pathToFileURL(join(folder, name)).href);
}
