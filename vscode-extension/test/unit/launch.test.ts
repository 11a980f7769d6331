import assert from "node:assert/strict";
import { test } from "node:test";
import { launchFor, launchProblem, nearestFirmware } from "../../src/debug/launch";

const everything = (): boolean => true;
const nothing = (): boolean => false;

test("offers a launch named after the firmware file", () => {
  assert.deepEqual(launchFor("/w/config-fetch/config-fetch.elf"), {
    type: "microvisor",
    request: "launch",
    name: "Microvisor: config-fetch.elf",
    program: "/w/config-fetch/config-fetch.elf",
    stopAtMain: true,
  });
});

test("finds the firmware beside or below the nearest folder of a source", () => {
  const programs = ["/w/a/a.elf", "/w/b/build/b.elf"];
  assert.equal(nearestFirmware(programs, "/w/a/main.c"), "/w/a/a.elf");
  assert.equal(nearestFirmware(programs, "/w/b/src/main.c"), "/w/b/build/b.elf");
  assert.equal(nearestFirmware(["/w/a/a.elf"], "/w/lib/x.c"), "/w/a/a.elf");
});

test("does not guess between firmware files that are equally near", () => {
  assert.equal(nearestFirmware(["/w/a/a.elf", "/w/b/b.elf"], "/w/lib/x.c"), undefined);
  assert.equal(nearestFirmware([], "/w/a/main.c"), undefined);
});

test("lets a complete configuration start", () => {
  assert.equal(launchProblem({ program: "/w/a.elf" }, everything), undefined);
  assert.equal(launchProblem({ program: "/w/a.elf", cloud: "/w/cloud.toml" }, everything), undefined);
});

test("takes relative paths from cwd", () => {
  const launch = { program: "build/a.elf", cloud: "cloud.toml", cwd: "/w" };
  assert.equal(launchProblem(launch, everything), undefined);
  assert.match(launchProblem(launch, nothing) ?? "", /no firmware at \/w\/build\/a\.elf/);
});

test("says what a configuration lacks", () => {
  assert.match(launchProblem({}, everything) ?? "", /'program' must name the firmware/);
  assert.match(launchProblem({ program: 3 }, everything) ?? "", /'program' must name the firmware/);
  assert.match(
    launchProblem({ program: "build/a.elf" }, everything) ?? "",
    /write "\$\{workspaceFolder\}\/build\/a\.elf"/,
  );
  assert.match(launchProblem({ program: "/w/a.elf" }, nothing) ?? "", /no firmware at \/w\/a\.elf/);
  assert.match(
    launchProblem({ program: "/w/a.elf", cloud: "cloud.toml" }, everything) ?? "",
    /'cloud' must be the path of a cloud file/,
  );
  assert.match(
    launchProblem({ program: "/w/a.elf", cloud: "/w/c.toml" }, (f) => f.endsWith(".elf")) ?? "",
    /no cloud file at \/w\/c\.toml/,
  );
});
