import assert from "node:assert/strict";
import { test } from "node:test";
import { entries } from "./zip";

/* Reads what `npm run package` has made. */

test("the packaged extension holds what it needs to run, the legal files, and nothing else", () => {
  assert.deepEqual(entries("microvisor-tools.vsix").sort(), [
    "[Content_Types].xml",
    "extension.vsixmanifest",
    "extension/LICENSE.txt",
    "extension/THIRD-PARTY.md",
    "extension/changelog.md",
    "extension/dist/extension.js",
    "extension/jars/microvisor-debug.jar",
    "extension/jars/microvisor-server.jar",
    "extension/package.json",
    "extension/readme.md",
  ].sort());
});
