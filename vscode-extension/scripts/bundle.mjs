// Bundles the extension into dist/extension.js. `tsc --noEmit` checks the types; esbuild does not.
import { build } from "esbuild";
import { mkdirSync, writeFileSync } from "node:fs";

const { metafile } = await build({
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
  minify: true,
  metafile: true,
  logLevel: "warning",
});

// What was bundled, for the test that compares it with THIRD-PARTY.md.
mkdirSync("target", { recursive: true });
writeFileSync("target/bundled.json", JSON.stringify(Object.keys(metafile.inputs).sort(), null, 2));
