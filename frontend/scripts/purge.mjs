// Keeps of Tabler's style sheet only what templates, forms and elements mention.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PurgeCSS } from "purgecss";
import { here, read, sources, walk } from "./files.mjs";

// Python names many things "card" or "table"; only files that write class names are read.
const writesClasses = (path) => !path.endsWith(".py") || path.includes("/foundation/") || path.endsWith("forms.py");

export async function purge() {
  const own = walk(join(here, "src/styles"), (name) => name.endsWith(".css"));
  const variables = new Set(own.flatMap((path) => read(path).match(/--tblr-[\w-]+/g) ?? []));
  const [result] = await new PurgeCSS().purge({
    content: sources().filter(writesClasses),
    css: [join(here, "node_modules/@tabler/core/dist/css/tabler.css")],
    defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
    blocklist: [/data-bs-theme/, /navbar/, /offcanvas/, /modal/, /carousel/, /tom-select|ts-/, /apexcharts/, /dropdown/],
    safelist: { standard: ["html", "body", "is-invalid"], variables: [...variables] },
    variables: true,
    keyframes: true,
    fontFace: true,
  });
  const folder = join(here, "node_modules/.cache/lianjian");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "tabler.css"), result.css);
}
