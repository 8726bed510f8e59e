import { defineConfig } from "vite";
import { icons } from "./scripts/icons.mjs";
import { purge } from "./scripts/purge.mjs";

export default defineConfig(async () => {
  await purge();
  return {
    base: "./",
    publicDir: false,
    plugins: [icons()],
    build: {
      outDir: "../src/lianjian/foundation/static/build",
      emptyOutDir: true,
      manifest: "manifest.json",
      // Offices keep their browsers for years; colours written as oklch are given a plain form too.
      target: ["chrome87", "firefox91", "safari14", "edge88"],
      cssTarget: ["chrome87", "firefox91", "safari14", "edge88"],
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 700,
      rollupOptions: {
        // htmx holds an eval that `allowEval: false` and the policy keep from running.
        checks: { eval: false },
        input: ["src/main.ts", "src/styles/main.css", "src/styles/paper.css"],
      },
    },
  };
});
