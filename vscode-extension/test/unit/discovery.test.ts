import assert from "node:assert/strict";
import { test } from "node:test";
import { findJava, type Surroundings } from "../../src/java/discovery";

/** A Linux machine where the named executables are Java of the named versions. */
function machine(javas: Record<string, number>, rest: Partial<Surroundings> = {}): Surroundings {
  return {
    platform: "linux",
    environment: { PATH: "/usr/local/bin:/usr/bin" },
    configuredHome: "",
    offeredHomes: [],
    versionOf: (executable) => Promise.resolve(javas[executable]),
    ...rest,
  };
}

test("takes the Java on PATH when nobody names one", async () => {
  assert.deepEqual(await findJava(machine({ "/usr/bin/java": 17 })), {
    executable: "/usr/bin/java",
    major: 17,
    source: "PATH",
  });
});

test("prefers setting, Java extension, JDK_HOME, JAVA_HOME, PATH in this order", async () => {
  const javas = {
    "/set/bin/java": 21,
    "/ext/bin/java": 21,
    "/jdk/bin/java": 21,
    "/home/bin/java": 21,
    "/usr/bin/java": 21,
  };
  const environment: Record<string, string> = {
    PATH: "/usr/bin",
    JAVA_HOME: "/home",
    JDK_HOME: "/jdk",
  };
  const found: string[] = [];
  const look = async (rest: Partial<Surroundings>): Promise<void> => {
    const java = await findJava(machine(javas, { environment, ...rest }));
    assert.ok("executable" in java);
    found.push(java.executable);
  };
  await look({ configuredHome: "/set", offeredHomes: ["/ext"] });
  await look({ offeredHomes: ["/ext"] });
  await look({});
  delete environment["JDK_HOME"];
  await look({});
  delete environment["JAVA_HOME"];
  await look({});
  assert.deepEqual(found, Object.keys(javas));
});

test("passes over a Java that is too old", async () => {
  const java = await findJava(
    machine(
      { "/old/bin/java": 11, "/usr/bin/java": 17 },
      { environment: { PATH: "/usr/bin", JAVA_HOME: "/old" } },
    ),
  );
  assert.ok("executable" in java);
  assert.equal(java.executable, "/usr/bin/java");
});

test("does not pass over a fault in the setting", async () => {
  const old = await findJava(
    machine({ "/set/bin/java": 11, "/usr/bin/java": 17 }, { configuredHome: "/set" }),
  );
  assert.ok("problem" in old);
  assert.match(old.problem, /microvisor\.java\.home names \/set: it holds Java 11/);
  const absent = await findJava(machine({ "/usr/bin/java": 17 }, { configuredHome: "/gone" }));
  assert.ok("problem" in absent);
  assert.match(absent.problem, /there is no working \/gone\/bin\/java/);
});

test("says what it found when nothing will do", async () => {
  const old = await findJava(machine({ "/usr/bin/java": 11 }));
  assert.ok("problem" in old);
  assert.match(old.problem, /Java 17 or later and found only: PATH has Java 11/);
  const none = await findJava(machine({}));
  assert.ok("problem" in none);
  assert.match(none.problem, /found none\. Install one, or name its folder/);
});

test("knows Windows paths", async () => {
  const java = await findJava(
    machine(
      { "C:\\jdk\\bin\\java.exe": 17 },
      { platform: "win32", environment: { Path: "C:\\Windows;C:\\jdk\\bin" } },
    ),
  );
  assert.ok("executable" in java);
  assert.equal(java.executable, "C:\\jdk\\bin\\java.exe");
});
