// Files of the package that the build reads: what they mention is what it keeps.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const here = dirname(dirname(fileURLToPath(import.meta.url)));
export const root = dirname(here);

export function walk(folder, wanted) {
  const found = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (["node_modules", "__pycache__", "tests", "static", "migrations"].includes(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...walk(path, wanted));
    else if (wanted(entry.name)) found.push(path);
  }
  return found.sort();
}

export const sources = () => [
  ...walk(join(root, "src/lianjian"), (name) => name.endsWith(".html") || name.endsWith(".py")),
  ...walk(join(here, "src"), (name) => name.endsWith(".ts")),
];

export const read = (path) => readFileSync(path, "utf8");
export const shown = (path) => relative(root, path);
