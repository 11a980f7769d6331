import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

/* What ARCHITECTURE.md points at is there. */

const text = readFileSync("../ARCHITECTURE.md", "utf8");

test("every class that ARCHITECTURE.md names exists", () => {
  const modules = ["server", "debug-adapter"].flatMap((side) =>
    readdirSync(`../${side}`).map((module) => `../${side}/${module}/src/main/java`),
  );
  const classes = [...text.matchAll(/`(dev(?:\.[a-z]\w*)+\.[A-Z]\w*)`/g)].map((m) => m[1] ?? "");
  assert.ok(classes.length > 5);
  const missing = classes.filter(
    (name) => !modules.some((module) => existsSync(`${module}/${name.replaceAll(".", "/")}.java`)),
  );
  assert.deepEqual(missing, []);
});

test("every Java module that ARCHITECTURE.md lists exists, and every one that exists is listed", () => {
  const listed = [...text.matchAll(/^((?:server|debug-adapter)\/[\w-]+) /gm)].map((m) => m[1]);
  const built = ["server", "debug-adapter"].flatMap((side) => {
    const pom = readFileSync(`../${side}/pom.xml`, "utf8");
    return [...pom.matchAll(/<module>([\w-]+)<\/module>/g)].map((m) => `${side}/${m[1]}`);
  });
  assert.deepEqual(listed, built);
});
