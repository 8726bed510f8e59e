// One SVG sprite with the icons of icons.txt and those that templates and navigation name.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { here, read, shown, sources } from "./files.mjs";

const NAMED = /\bicon(?:\(|=|:\s*)["']([a-z0-9-]+)["']/g;

function wanted() {
  const names = new Map();
  for (const line of read(join(here, "icons.txt")).split("\n")) {
    const name = line.replace(/#.*/, "").trim();
    if (name) names.set(name, "frontend/icons.txt");
  }
  for (const path of sources()) {
    for (const match of read(path).matchAll(NAMED)) names.set(match[1], shown(path));
  }
  return names;
}

function symbol(name, where) {
  const path = join(here, "node_modules/@tabler/icons/icons/outline", `${name}.svg`);
  if (!existsSync(path)) throw new Error(`${where} names the icon "${name}", which Tabler does not have`);
  const inner = read(path)
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<\/?svg[^>]*>/g, "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/g, "")
    .replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${inner}</symbol>`;
}

export function icons() {
  return {
    name: "lianjian-icons",
    buildStart() {
      const symbols = [...wanted()].sort().map(([name, where]) => symbol(name, where));
      this.emitFile({
        type: "asset",
        name: "icons.svg",
        originalFileName: "icons.svg",
        source: `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`,
      });
    },
  };
}
