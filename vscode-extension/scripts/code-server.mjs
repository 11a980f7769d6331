// Starts the real VS Code in a browser, headless: the server from code-server (setup-code-server.sh),
// the workbench in Chromium. Used by the extension-host test and by the pictures.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const VERSION = "4.100.3"; // as in setup-code-server.sh
const START_LIMIT_MS = 60_000;

const cache =
  process.env.MICROVISOR_TOOLS_CACHE ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "microvisor-tools");
const home = join(cache, `code-server-${VERSION}`);

/** What is missing to run VS Code here and how to get it, or undefined. */
export function missingTool() {
  if (process.platform !== "linux") return "needs Linux";
  if (chromium() === undefined) return "chromium not found: apt-get install chromium";
  if (!existsSync(join(home, "complete"))) {
    return (
      "code-server not found: npm run setup:code-server in vscode-extension " +
      "(first: apt-get install g++ make python3 libkrb5-dev ripgrep)"
    );
  }
  return undefined;
}

export function chromium() {
  return ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
}

/** Without these Chromium looks up hosts of its own at every start. */
export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Starts the server on a free port of the loopback interface with a user folder of its own.
 * @returns {Promise<{url: string, userData: string, stop: () => void}>}
 */
export async function startServer(prepare = () => {}) {
  const data = mkdtempSync(join(tmpdir(), "microvisor-vscode-"));
  prepare(data);
  const main = join(home, "node_modules/code-server/lib/vscode/out/server-main.js");
  const server = spawn(
    process.execPath,
    [
      main,
      ...["--host", "127.0.0.1", "--port", "0", "--without-connection-token"],
      ...["--accept-server-license-terms", "--telemetry-level", "off"],
      ...["--enable-smoke-test-driver", "--disable-workspace-trust"],
      ...["--server-data-dir", data, "--extensions-dir", join(data, "extensions")],
    ],
    // A process group of its own: the extension host and its Java processes end with it.
    { detached: true, stdio: ["ignore", "pipe", "pipe"] },
  );
  const stop = () => {
    try {
      process.kill(-server.pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once("exit", stop);
  const port = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("VS Code's server did not start")), START_LIMIT_MS);
    server.once("exit", (code) => reject(new Error(`VS Code's server ended with code ${code}`)));
    let said = "";
    for (const stream of [server.stdout, server.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        said += line + "\n";
        if (process.env.VERBOSE) console.error(line);
        const found = /listening on (\d+)/.exec(line);
        if (found) {
          clearTimeout(timer);
          resolve(Number(found[1]));
        }
      });
    }
    server.once("error", (error) => reject(new Error(`${error.message}\n${said}`)));
  });
  return { url: `http://127.0.0.1:${port}`, userData: data, stop };
}

/** The Chromium version, for the log. */
export function chromiumVersion() {
  return spawnSync(chromium(), ["--version"], { encoding: "utf8" }).stdout.trim();
}

/** Installs a packaged extension into the user folder of a server that is about to start. */
export function installExtension(vsix, data) {
  const main = join(home, "node_modules/code-server/lib/vscode/out/server-main.js");
  const words = ["--install-extension", vsix, "--force", "--accept-server-license-terms"];
  const folders = ["--server-data-dir", data, "--extensions-dir", join(data, "extensions")];
  const run = spawnSync(process.execPath, [main, ...words, ...folders], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(`${vsix} cannot be installed:\n${run.stdout}${run.stderr}`);
}
