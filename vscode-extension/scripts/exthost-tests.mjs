// Runs test/exthost in the extension host of a real VS Code, with this extension loaded from here and
// a copy of samples/firmware as the workspace. Skipped, with the reason, where a tool is missing.
import { build } from "esbuild";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium as browserType } from "playwright-core";
import { CHROMIUM_FLAGS, chromium, chromiumVersion, missingTool, startServer } from "./code-server.mjs";

const LIMIT_MS = 180_000;

const missing = missingTool();
if (missing !== undefined) {
  console.log(`extension-host test skipped: ${missing}`);
  process.exit(0);
}

const outfile = resolve("target/exthost-tests/index.js");
await build({
  entryPoints: ["test/exthost/index.ts"],
  outfile,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
  logLevel: "warning",
});

const workspace = mkdtempSync(join(tmpdir(), "microvisor-workspace-"));
cpSync(resolve("../samples/firmware"), workspace, { recursive: true });
const server = await startServer();
console.log(`VS Code at ${server.url}, ${chromiumVersion()}`);
const browser = await browserType.launch({ executablePath: chromium(), args: CHROMIUM_FLAGS });
let code = 1;
try {
  const page = await browser.newPage();
  const finished = new Promise((done) => page.exposeFunction("codeAutomationExit", done));
  await page.exposeFunction("codeAutomationLog", (_level, words) => {
    const line = words.join(" ");
    if (process.env.VERBOSE || /^(ok|not ok|  |\d+ passed)/.test(line)) console.log(line);
  });
  const remote = (path) => `vscode-remote://${new URL(server.url).host}${path}`;
  const payload = [
    ["extensionDevelopmentPath", remote(resolve("."))],
    ["extensionTestsPath", remote(outfile)],
    ["skipWelcome", "true"],
  ];
  const query = new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) });
  await page.goto(`${server.url}/?${query}`);
  const limit = new Promise((done) => setTimeout(done, LIMIT_MS, "limit").unref());
  const answer = await Promise.race([finished, limit]);
  if (answer === "limit") console.log(`not ok - no end after ${LIMIT_MS / 1000} s`);
  code = answer === 0 ? 0 : 1;
} finally {
  await browser.close();
  server.stop();
  rmSync(workspace, { recursive: true, force: true });
}
process.exit(code);
