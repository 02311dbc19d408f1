// Fits the generated script and the WebAssembly module to what the facade uses; run by src/fit.rs.
//
//   fit.mjs graph GLUE MODULE FACADE GRAPH      what reaches what, for wasm-metadce
//   fit.mjs rename GLUE MODULE FACADE MAP OUT   the script for the module that came of it
//
// MODULE is the one of that step, FACADE a folder, MAP what wasm-opt printed of its new names. The
// packages are those of the working folder, not of this file's.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const { resolve } = createRequire(join(process.cwd(), "package.json"));
const { parseAst } = await import(pathToFileURL(resolve("vite")).href);

/** The variable that holds the module's exports. */
const EXPORTS = "wasm";
/** The function that makes the module's imports. */
const IMPORTS = "__wbg_get_imports";

const [mode, gluePath, modulePath, facadePath, ...paths] = process.argv.slice(2);
const glue = readFileSync(gluePath, "utf8");
const tree = parseAst(glue);
const wasm = new WebAssembly.Module(readFileSync(modulePath));
const wasmImports = WebAssembly.Module.imports(wasm);
const wasmExports = new Set(WebAssembly.Module.exports(wasm).map(({ name }) => name));
const { entries, moduleKey } = imports();
const { declared, loose } = declarations();
({ graph, rename })[mode](...paths);

function fail(message) {
  throw new Error(`${basename(gluePath)} and ${basename(modulePath)} do not fit: ${message}`);
}

function* walk(node, skip) {
  if (node === null || typeof node !== "object" || skip?.has(node)) return;
  if (typeof node.type === "string") yield node;
  for (const child of Object.values(node)) yield* walk(child, skip);
}

/** The properties of the object of imports, by name, and the name of the module they are for. */
function imports() {
  const make = tree.body.find((node) => node.type === "FunctionDeclaration" && node.id.name === IMPORTS);
  if (!make) fail(`there is no ${IMPORTS}`);
  const [object, result, ...others] = [...walk(make.body)].filter((node) => node.type === "ObjectExpression");
  const named = ({ properties }) => properties.filter(({ key }) => key.name !== "__proto__");
  const [module, ...further] = named(result);
  if (module?.value.type !== "Identifier" || further.length > 0) fail("more than one module is imported");
  return { entries: new Map(named(object).map((one) => [one.key.name ?? one.key.value, one])), moduleKey: module.key };
}

/** Top-level declarations by name, and the statements that run whatever is used. */
function declarations() {
  const declared = new Map();
  const loose = [];
  for (const statement of tree.body) {
    if (statement.type === "ExportNamedDeclaration" && !statement.declaration) continue;
    const node = statement.declaration ?? statement;
    if (node.type === "VariableDeclaration") {
      for (const one of node.declarations) declared.set(one.id.name, { parts: [one], statements: [statement] });
    } else if (node.id) {
      declared.set(node.id.name, { parts: [node], statements: [statement] });
    } else {
      const owner = declared.get(extended(node));
      if (owner) Object.values(owner).forEach((list) => list.push(statement));
      else loose.push(statement);
    }
  }
  return { declared, loose };
}

/** The class that a statement `if (…) NAME.prototype[…] = …` adds to. */
function extended({ consequent }) {
  const target = consequent?.expression?.left?.object;
  return target?.property?.name === "prototype" ? target.object.name : undefined;
}

/** What the facade imports, by the names inside of the glue. */
function wanted() {
  const inside = new Map();
  for (const statement of tree.body.filter(({ type }) => type === "ExportNamedDeclaration")) {
    if (statement.declaration) inside.set(statement.declaration.id.name, statement.declaration.id.name);
    for (const { local, exported } of statement.specifiers) inside.set(exported.name, local.name);
  }
  const found = new Map();
  for (const name of readdirSync(facadePath).filter((name) => name.endsWith(".js"))) {
    const { body } = parseAst(readFileSync(join(facadePath, name), "utf8"));
    const from = body.filter(({ source }) => source?.value === `./${basename(gluePath)}`);
    for (const specifier of from.flatMap(({ specifiers }) => specifiers)) {
      const outside = specifier.type === "ImportDefaultSpecifier" ? "default" : specifier.imported?.name;
      if (!inside.has(outside)) fail(`${name} imports ${outside ?? "all"}`);
      found.set(outside, inside.get(outside));
    }
  }
  if (found.size === 0) fail("the facade imports nothing");
  return found;
}

/** Where exports of the module are read: `wasm.NAME`. */
function uses(nodes) {
  const skip = new Set(entries.values());
  return nodes.flatMap((node) => [...walk(node, skip)]).flatMap((node) => {
    if (node.type !== "MemberExpression" || node.object.name !== EXPORTS) return [];
    if (node.computed) fail(`${EXPORTS}[…]`);
    return node.property;
  });
}

/** Names of the declarations that these nodes speak of. A local variable of such a name counts too: then
 * one more thing stays. */
function spoken(nodes) {
  const skip = new Set(entries.values());
  const found = nodes.flatMap((node) => [...walk(node, skip)]).map(({ name }) => name);
  return [...new Set(found.filter((name) => declared.has(name)))];
}

/** A node for each declaration of the glue and for each import and export of the module. */
function graph(out) {
  const reaches = (nodes) => [
    ...spoken(nodes).map((name) => `glue ${name}`),
    ...uses(nodes).map(({ name }) => `export ${name}`),
  ];
  const lost = uses(tree.body.concat(entries.values())).filter(({ name }) => !wasmExports.has(name));
  const nodes = [
    { name: "page", root: true, reaches: [...wanted().values()].map((name) => `glue ${name}`).concat(reaches(loose)) },
    ...[...declared].map(([name, { parts }]) => ({ name: `glue ${name}`, reaches: reaches(parts) })),
    ...[...wasmExports].map((name) => ({ name: `export ${name}`, export: name })),
    // Read by declarations that nothing uses; it must have a node, and what is used is checked at the end.
    ...[...new Set(lost.map(({ name }) => name))].map((name) => ({ name: `export ${name}` })),
    ...wasmImports.map(({ module, name }) => {
      const entry = entries.get(name) ?? fail(`import ${name}`);
      return { name: `import ${name}`, import: [module, name], reaches: reaches([entry.value]) };
    }),
  ];
  writeFileSync(out, JSON.stringify(nodes));
}

/** Drops what the module does not need any more and calls the rest by its new names. */
function rename(mapPath, out) {
  const map = JSON.parse(readFileSync(mapPath, "utf8"));
  const newImport = new Map(map.imports.map(([, old, short]) => [old, short]));
  const newExport = new Map(map.exports);
  const edits = [];
  const replace = ({ start, end }, text) => edits.push({ start, end, text });

  const missing = new Set(wasmImports.map(({ name }) => name));
  const kept = [];
  for (const [name, entry] of entries) {
    if (missing.delete(newImport.get(name))) {
      replace(entry.key, newImport.get(name));
      kept.push(entry.value);
    } else {
      const comma = /\s*,/y;
      comma.lastIndex = entry.end;
      replace({ start: entry.start, end: entry.end + (comma.exec(glue)?.[0].length ?? 0) }, "");
    }
  }
  if (missing.size > 0) fail(`imports ${[...missing].join(", ")}`);
  const modules = new Set(wasmImports.map(({ module }) => module));
  if (modules.size !== 1) fail(`imports from ${[...modules].join(", ")}`);
  replace(moduleKey, JSON.stringify([...modules][0]));

  const live = [...loose, ...kept];
  const names = new Set(wanted().values());
  for (const name of spoken(live)) names.add(name);
  for (const name of names) {
    const { parts } = declared.get(name);
    live.push(...parts);
    for (const next of spoken(parts)) names.add(next);
  }
  for (const use of uses(live)) {
    const short = newExport.get(use.name);
    if (!wasmExports.has(short)) fail(`export ${use.name}`);
    replace(use, short);
  }

  const stay = new Set([...names].flatMap((name) => declared.get(name).statements).concat(loose));
  for (const statement of tree.body.filter((statement) => !stay.has(statement))) replace(statement, "");
  for (const statement of stay) {
    if (statement.declaration) replace({ start: statement.start, end: statement.declaration.start }, "");
  }
  edits.sort((a, b) => b.start - a.start);
  const text = edits.reduce((text, { start, end, text: by }) => text.slice(0, start) + by + text.slice(end), glue);
  const list = [...wanted()].map(([outside, inside]) => `${inside} as ${outside}`).join(", ");
  writeFileSync(out, `${text.trim()}\nexport { ${list} };\n`);
}
