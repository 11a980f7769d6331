import assert from "node:assert/strict";
import { test } from "node:test";
import { splitOptions } from "../../src/java/options";

test("splits at white space and drops what is empty", () => {
  assert.deepEqual(splitOptions("  -Xmx1g \t -ea\n"), ["-Xmx1g", "-ea"]);
  assert.deepEqual(splitOptions(""), []);
});

test("keeps quoted words together, in the middle of a word too", () => {
  assert.deepEqual(splitOptions(`-Da="b c" '-Dd=e "f"'`), ["-Da=b c", '-Dd=e "f"']);
  assert.deepEqual(splitOptions('""'), [""]);
});

test("takes a backslash for itself unless it escapes something", () => {
  assert.deepEqual(splitOptions(String.raw`-Dp=C:\Java\bin a\ b`), [String.raw`-Dp=C:\Java\bin`, "a b"]);
});

test("lets an open quote run to the end", () => {
  assert.deepEqual(splitOptions('-Da="b c'), ["-Da=b c"]);
});
