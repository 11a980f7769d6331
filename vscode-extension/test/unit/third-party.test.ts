import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { entries } from "./zip";

/*
 * THIRD-PARTY.md names everything that is bundled, and nothing that is not. Reads what `npm run build`
 * has made: jars/ and target/bundled.json.
 */

const OUR_PACKAGE = "dev.microvisor";

/** The words in `code` type in the second column of a table's rows. */
function named(section: string): string[] {
  const text = readFileSync("../THIRD-PARTY.md", "utf8");
  const start = text.indexOf(`## ${section}`);
  assert.ok(start >= 0, `THIRD-PARTY.md has no section '${section}'`);
  const rows = text.slice(start, text.indexOf("\n## ", start + 1)).matchAll(/^\|[^|]*\|([^|]*)\|/gm);
  return [...rows].flatMap((row) => [...(row[1] ?? "").matchAll(/`([^`]+)`/g)].map((m) => m[1] ?? ""));
}

test("every class of the jars belongs to a package that is named, and every named one is there", () => {
  const packages = named("In `microvisor-server.jar`");
  const classes = ["jars/microvisor-server.jar", "jars/microvisor-debug.jar"]
    .flatMap(entries)
    .map((name) => name.replace(/^META-INF\/versions\/\d+\//, ""))
    .filter((name) => name.endsWith(".class"))
    .map((name) => name.replaceAll("/", "."));
  const owner = (name: string): string | undefined =>
    [OUR_PACKAGE, ...packages].find((prefix) => name.startsWith(prefix + "."));
  const unnamed = classes.filter((name) => owner(name) === undefined);
  assert.deepEqual([...new Set(unnamed.map((name) => name.split(".").slice(0, 2).join(".")))], []);
  const used = new Set(classes.map(owner));
  assert.deepEqual(packages.filter((name) => !used.has(name)), []);
});

test("every npm package in the bundle is named, and every named one is in it", () => {
  const inputs: string[] = JSON.parse(readFileSync("target/bundled.json", "utf8"));
  const bundled = inputs.map((input) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1]);
  assert.deepEqual(
    [...new Set(bundled.filter((name) => name !== undefined))].sort(),
    named("In the VS Code extension").sort(),
  );
});
