import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import manifest from "../../package.json";

/* The settings that the server reads are the settings that VS Code offers. */

const SERVER = "../server/language-server/src/main/java/dev/microvisor/lsp/ClientSettings.java";

/** Settings of the extension itself: they decide how the servers are started and traced. */
const OWN = /^(java|trace)\./;

test("VS Code offers every setting that the language server reads, and no other", () => {
  const source = readFileSync(SERVER, "utf8");
  const read = [...source.matchAll(/\b(?:text|texts|flag)\(object, "(\w+)"/g)].map((m) => m[1]);
  assert.ok(read.length > 0, "no setting is read where this test looks for it");
  const offered = Object.keys(manifest.contributes.configuration.properties)
    .map((name) => name.replace(/^microvisor\./, ""))
    .filter((name) => !OWN.test(name));
  assert.deepEqual(offered.sort(), read.sort());
});
