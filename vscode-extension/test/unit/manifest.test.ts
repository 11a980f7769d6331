import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import manifest from "../../package.json";

test("every command that the manifest names has its own file, and the other way round", () => {
  const named = manifest.contributes.commands.map(({ command }) => command).sort();
  const files = readdirSync("src/commands").map((file) => `microvisor.${file.replace(/\.ts$/, "")}`);
  assert.deepEqual(files.sort(), named);
});

test("settings that choose a program to start are not taken from an untrusted workspace", () => {
  const settings = Object.keys(manifest.contributes.configuration.properties);
  const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  assert.deepEqual(
    restrictedConfigurations,
    settings.filter((setting) => setting.startsWith("microvisor.java.")),
  );
});

test("the problem pattern reads a line of lint --format concise", () => {
  const pattern = new RegExp(manifest.contributes.problemPatterns[0]!.regexp);
  assert.deepEqual(
    pattern.exec("src/main.c:12:5: warning: the [status] is ignored [unchecked-status]")?.slice(1),
    ["src/main.c", "12", "5", "warning", "the [status] is ignored", "unchecked-status"],
  );
  assert.equal(pattern.exec("2 findings in 1 file"), null);
  assert.equal(
    pattern.exec("C:\\work\\main.c:1:2: error: x [buffer-size]")?.[1],
    "C:\\work\\main.c",
  );
});

test("the change log tells of this version", () => {
  const changes = readFileSync("../CHANGELOG.md", "utf8");
  assert.ok(changes.includes(`## ${manifest.version}`), `no section ## ${manifest.version}`);
});
