// Takes the pictures in images/ from the real VS Code with the packaged extension installed:
//   npm run package && npm run screens
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium as browserType } from "playwright-core";
import { CHROMIUM_FLAGS, chromium, installExtension, missingTool, startServer } from "./code-server.mjs";

const SIZE = { width: 1400, height: 900 };
const PATIENCE_MS = 60_000;
/** The line of config-fetch to stop at. */
const BREAKPOINT = "item->found = status";
const SETTINGS = {
  "workbench.colorTheme": "Default Light Modern",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "editor.minimap.enabled": false,
  "editor.fontSize": 13,
  "editor.fontFamily": "DejaVu Sans Mono",
  "editor.stickyScroll.enabled": false,
  "editor.lightbulb.enabled": "off",
  "breadcrumbs.enabled": false,
  "chat.commandCenter.enabled": false,
  "window.commandCenter": false,
  "window.menuBarVisibility": "compact",
  "debug.toolBarLocation": "docked",
  "debug.inlineValues": "on",
  "debug.internalConsoleOptions": "openOnSessionStart",
};

const missing = missingTool();
if (missing !== undefined) {
  console.error(`screens: ${missing}`);
  process.exit(1);
}
const vsix = resolve("microvisor-tools.vsix");
if (!existsSync(vsix)) {
  console.error(`screens: ${vsix} is missing; make it with: npm run package`);
  process.exit(1);
}

/** A copy of one sample, open as the workspace, in a fresh VS Code; `act` drives it. */
async function picture(name, sample, launch, act) {
  const base = mkdtempSync(join(tmpdir(), "microvisor-screens-"));
  const workspace = join(base, sample);
  cpSync(resolve("../samples/firmware"), base, { recursive: true });
  mkdirSync(join(workspace, ".vscode"), { recursive: true });
  writeFileSync(join(workspace, ".vscode/settings.json"), JSON.stringify(SETTINGS));
  if (launch !== undefined) {
    const launches = { version: "0.2.0", configurations: [launch] };
    writeFileSync(join(workspace, ".vscode/launch.json"), JSON.stringify(launches, null, 2));
  }
  const server = await startServer((data) => installExtension(vsix, data));
  const browser = await browserType.launch({ executablePath: chromium(), args: CHROMIUM_FLAGS });
  try {
    const page = await browser.newPage({ viewport: SIZE });
    page.setDefaultTimeout(PATIENCE_MS);
    const payload = JSON.stringify([["skipWelcome", "true"]]);
    await page.goto(`${server.url}/?${new URLSearchParams({ folder: workspace, payload })}`);
    await page.locator(".monaco-workbench .explorer-folders-view .monaco-list-row").first().waitFor();
    try {
      await act(page, workspace);
    } finally {
      const file = resolve(`images/${name}.png`);
      await page.screenshot({ path: file });
      console.log(file);
    }
  } finally {
    await browser.close();
    server.stop();
    rmSync(base, { recursive: true, force: true });
  }
}

async function openFile(page, name, line) {
  await page.keyboard.press("Control+P");
  await page.locator(".quick-input-widget input").fill(`${name}:${line}`);
  await page.locator(".quick-input-list .monaco-list-row").filter({ hasText: name }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".view-lines .view-line").first().waitFor();
}

/** Room for the Variables view: a wider side bar, a lower panel, only the call stack below. */
async function tidy(page) {
  for (const title of ["Watch", "Breakpoints"]) {
    await page.locator(`.pane-header[aria-label="${title} Section"]`).click();
  }
  const sidebar = await box(page, ".part.sidebar");
  await drag(page, sidebar.x + sidebar.width, SIZE.height / 2, 200, 0);
  const panel = await box(page, ".part.panel");
  await drag(page, panel.x + panel.width / 2, panel.y, 0, 130);
  const watch = await box(page, '.pane-header[aria-label="Watch Section"]');
  await drag(page, watch.x + watch.width / 2, watch.y, 0, 250);
}

async function box(page, selector) {
  const found = await page.locator(selector).first().boundingBox();
  if (found === null) throw new Error(`${selector} is not visible`);
  return found;
}

async function drag(page, x, y, dx, dy) {
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx, y + dy, { steps: 5 });
  await page.mouse.up();
}

/** Opens a row of the Variables view and waits for what is below it. */
async function expand(page, text) {
  const row = page.locator(".debug-variables .monaco-list-row").filter({ hasText: text }).first();
  await row.waitFor();
  if ((await row.getAttribute("aria-expanded")) === "true") return;
  await row.locator(".monaco-tl-twistie").click();
  await page
    .locator('.debug-variables .monaco-list-row[aria-expanded="true"]')
    .filter({ hasText: text })
    .first()
    .waitFor();
}

/** The number of the first line that holds a text, counted from 1. */
function lineOf(file, text) {
  const index = readFileSync(file, "utf8").split("\n").findIndex((line) => line.includes(text));
  if (index < 0) throw new Error(`${file} has no line with '${text}'`);
  return index + 1;
}

const wanted = process.argv[2];
if (wanted === undefined || wanted === "finding") {
  await picture("finding", "mistakes", undefined, async (page, workspace) => {
    const line = lineOf(join(workspace, "buffers.c"), "unaligned_receive[");
    await openFile(page, "buffers.c", line);
    await page.locator(".squiggly-error, .squiggly-warning").first().waitFor();
    await page.keyboard.press("Control+Shift+M");
    await page.locator(".markers-panel .monaco-list-row").first().waitFor();
    await openFile(page, "buffers.c", `${line}:20`);
    await page.keyboard.press("Control+K");
    await page.keyboard.press("Control+I");
    await page.locator(".monaco-hover .marker, .monaco-hover .hover-row").first().waitFor();
  });
}
if (wanted === undefined || wanted === "debugging-config-fetch") {
  const launch = {
    type: "microvisor",
    request: "launch",
    name: "config-fetch",
    program: "${workspaceFolder}/config-fetch.elf",
    stopAtMain: false,
  };
  await picture("debugging-config-fetch", "config-fetch", launch, async (page, workspace) => {
    await openFile(page, "config.c", lineOf(join(workspace, "config.c"), BREAKPOINT));
    await page.keyboard.press("F9");
    await page.locator(".codicon-debug-breakpoint").first().waitFor();
    await page.keyboard.press("F5");
    await page.locator(".codicon-debug-stackframe").first().waitFor();
    await tidy(page);
    await expand(page, "Microvisor");
    await expand(page, "Config fetch");
    await expand(page, "Channels");
    await expand(page, "CONFIGFETCH");
    await page.locator(".debug-console, .repl").first().click();
  });
}
