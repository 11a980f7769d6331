import assert from "node:assert/strict";
import { test } from "node:test";
import { majorVersion } from "../../src/java/version";

test("reads the version from what java -version prints", () => {
  assert.equal(majorVersion('openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime'), 17);
  assert.equal(majorVersion('java version "1.8.0_402"'), 8);
  assert.equal(majorVersion('openjdk version "25" 2025-09-16'), 25);
  assert.equal(majorVersion('openjdk version "22-ea" 2024-03-19'), 22);
});

test("reads the version from a JDK's release file", () => {
  assert.equal(majorVersion('IMPLEMENTOR="Debian"\nJAVA_VERSION="17.0.15"\n'), 17);
});

test("says nothing about text that holds no version", () => {
  assert.equal(majorVersion("bash: java: command not found"), undefined);
  assert.equal(majorVersion(""), undefined);
});
