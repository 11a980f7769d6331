import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { test } from "node:test";

/* What samples/editors promises about the debug adapter, asked of the jar that is bundled. */

const START_LIMIT_MS = 30_000;

test("the debug adapter says where it listens as the IntelliJ template waits for it", async () => {
  const template: { debugServerReadyPattern: string } = JSON.parse(
    readFileSync("../samples/editors/lsp4ij/dap/template.json", "utf8"),
  );
  const parts = template.debugServerReadyPattern.split(/\$\{(address|port)\}/);
  assert.deepEqual(parts.filter((_, i) => i % 2 === 1), ["address", "port"]);
  const ready = new RegExp(`^${parts[0]}127\\.0\\.0\\.1${parts[2]}[1-9]\\d*$`);

  const adapter = spawn("java", ["-jar", "jars/microvisor-debug.jar", "dap", "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
    timeout: START_LIMIT_MS,
  });
  try {
    const first = await createInterface({ input: adapter.stdout })[Symbol.asyncIterator]().next();
    assert.match(String(first.value), ready);
  } finally {
    adapter.kill();
  }
});
