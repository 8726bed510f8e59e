// What a page costs on the wire. Fails when a page kind grows over its budget (bytes, gzip).
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { root } from "./files.mjs";

const BUDGET = { page: 120_000, chart: 400_000 };
const folder = join(root, "src/lianjian/foundation/static/build/assets");
const sizes = readdirSync(folder).map((name) => ({ name, bytes: gzipSync(readFileSync(join(folder, name))).length }));
sizes.sort((a, b) => b.bytes - a.bytes);
for (const { name, bytes } of sizes) console.log(`${String(bytes).padStart(8)}  ${name}`);
const total = (test) => sizes.filter(({ name }) => test.test(name)).reduce((sum, { bytes }) => sum + bytes, 0);
const page = total(/^(main|icons)/);
const chart = page + total(/^(charts|chart|map|echarts|tree)/);
console.log(`any page ${page} of ${BUDGET.page}; page with charts ${chart} of ${BUDGET.chart}`);
if (page > BUDGET.page || chart > BUDGET.chart) process.exit(1);
