import assert from "node:assert/strict";
import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { after, test } from "node:test";

/*
 * The launcher `microvisor` at the top of the repository, run for real in a copy of the layout whose
 * `java` and `mvn` are scripts that report how they were called.
 */

const LAUNCHER = path.resolve("../microvisor");
/** Windows has a launcher of its own. */
const posix = { skip: process.platform === "win32" && "not for Windows: microvisor.cmd serves there" };
const rubbish: string[] = [];
after(() => rubbish.forEach((folder) => rmSync(folder, { recursive: true })));

class Checkout {
  readonly root: string;
  private readonly tools: string;

  constructor() {
    const base = mkdtempSync(path.join(tmpdir(), "microvisor launcher "));
    rubbish.push(base);
    // Spaces and a folder called src, because people have both.
    this.root = path.join(base, "src", "check out");
    this.tools = path.join(base, "tools");
    mkdirSync(path.join(this.root, "server/cli/src/main"), { recursive: true });
    mkdirSync(path.join(this.root, "debug-adapter/cli"), { recursive: true });
    mkdirSync(this.tools);
    copyFileSync(LAUNCHER, path.join(this.root, "microvisor"));
    this.file("pom.xml", "<project>\n  <version>1.2.3</version>\n</project>\n");
    for (const tool of ["cat", "dirname", "basename", "find", "head", "kill", "mkdir", "mv", "readlink", "rm", "sed", "sleep", "sh"]) {
      const real = spawnSync("/bin/sh", ["-c", `command -v ${tool}`], { encoding: "utf8" });
      if (real.stdout.startsWith("/")) symlinkSync(real.stdout.trim(), path.join(this.tools, tool));
    }
  }

  /** A JDK in a folder of its own that says it is of this version, and prints its arguments. */
  jdk(version: string): string {
    const home = path.join(this.root, `../../jdk ${version}`);
    mkdirSync(path.join(home, "bin"), { recursive: true });
    writeFileSync(path.join(home, "release"), `JAVA_VERSION="${version}"\n`);
    const java = `#!/bin/sh
case "$*" in
-XshowSettings*) echo "    java.home = ${home}" >&2; exit 0;;
*-XX:ArchiveClassesAtExit=*) f=\${*#*AtExit=}; echo "trained" >"\${f%% -jar*}"; exit 3;;
esac
printf '%s\\n' "$@"
`;
    writeFileSync(path.join(home, "bin/java"), java, { mode: 0o755 });
    writeFileSync(path.join(home, "bin/javac"), "#!/bin/sh\n", { mode: 0o755 });
    return home;
  }

  /** A Maven that builds what it is asked to build, and talks about it on standard output. */
  maven(exit = 0): void {
    const mvn = `#!/bin/sh
echo "mvn $*"
[ ${exit} -eq 0 ] || exit ${exit}
case "$*" in
*server/cli*) mkdir -p server/cli/target; echo built >server/cli/target/microvisor-server.jar;;
*) mkdir -p debug-adapter/cli/target; echo built >debug-adapter/cli/target/microvisor-debug.jar;;
esac
`;
    writeFileSync(path.join(this.tools, "mvn"), mvn, { mode: 0o755 });
  }

  file(name: string, content = "", ageS = 0): void {
    const file = path.join(this.root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    const time = Date.now() / 1000 - ageS;
    utimesSync(file, time, time);
  }

  run(args: string[], javaHome?: string, launcher = "microvisor"): SpawnSyncReturns<string> {
    return spawnSync("/bin/sh", [path.join(this.root, launcher), ...args], {
      cwd: tmpdir(),
      encoding: "utf8",
      env: { PATH: this.tools, ...(javaHome === undefined ? {} : { JAVA_HOME: javaHome }) },
    });
  }
}

test("builds the jar on first use, keeps standard output clean, then starts it", posix, () => {
  const checkout = new Checkout();
  checkout.maven();
  const { status, stdout, stderr } = checkout.run(["lsp", "a b"], checkout.jdk("17.0.15"));
  assert.equal(status, 0, stderr);
  const jar = path.join(checkout.root, "server/cli/target/microvisor-server.jar");
  const heap = "-Xms160m\n-Xmn96m\n-XX:MinHeapFreeRatio=20\n-XX:MaxHeapFreeRatio=40";
  assert.equal(stdout, `-XX:+UseSerialGC\n${heap}\n-jar\n${jar}\nlsp\na b\n`);
  assert.match(stderr, /first use: building microvisor-server\.jar/);
  assert.match(stderr, /mvn -q -B -Dstyle.color=never -DskipTests -pl server\/cli -am package/);
});

test("starts at once when nothing is newer than the jar", posix, () => {
  const checkout = new Checkout();
  checkout.maven(1);
  checkout.file("pom.xml", "", 60);
  checkout.file("server/cli/target/microvisor-server.jar");
  const { status, stdout, stderr } = checkout.run(["lint"], checkout.jdk("25"));
  assert.equal(status, 0);
  assert.equal(stderr, "");
  checkout.file("server/cli/target/classes/A.class", "", -5);
  assert.equal(checkout.run(["lint"], checkout.jdk("25")).stderr, "");
  assert.match(stdout, /-jar\n.*microvisor-server\.jar\nlint\n$/);
});

test("builds again when a source is newer, but not for a test", posix, () => {
  const checkout = new Checkout();
  const jdk = checkout.jdk("17");
  checkout.maven();
  checkout.file("pom.xml", "", 60);
  checkout.file("debug-adapter/cli/target/microvisor-debug.jar", "", 30);
  checkout.file("debug-adapter/cli/src/test/java/ATest.java");
  assert.equal(checkout.run(["run"], jdk).stderr, "");
  checkout.file("server/catalog/src/main/resources/calls.json");
  assert.match(checkout.run(["run"], jdk).stderr, /sources have changed: building microvisor-debug\.jar/);
});

test("makes a class archive once and starts with it", posix, () => {
  const checkout = new Checkout();
  const jdk = checkout.jdk("17");
  const archive = path.join(checkout.root, "server/cli/target/microvisor-server-java17.jsa");
  checkout.file("pom.xml", "", 60);
  checkout.file("server/cli/target/microvisor-server.jar", "", 30);
  checkout.file("samples/firmware/config-fetch/main.c");
  assert.equal(
    checkout.run(["rules"], jdk).stdout.split("\n")[2],
    `-XX:SharedArchiveFile=${archive}`,
  );
  const made = statSync(archive).mtimeMs;
  checkout.run(["rules"], jdk);
  assert.equal(statSync(archive).mtimeMs, made);
  checkout.file("server/cli/target/microvisor-server.jar", "", -5);
  checkout.run(["rules"], jdk);
  assert.notEqual(statSync(archive).mtimeMs, made);
});

test("works through symbolic links", posix, () => {
  const checkout = new Checkout();
  symlinkSync("microvisor", path.join(checkout.root, "first"));
  symlinkSync(path.join(checkout.root, "first"), path.join(checkout.root, "../second"));
  assert.equal(checkout.run(["--version"], undefined, "../second").stdout, "microvisor 1.2.3\n");
});

test("ends with 2 and says so when the build fails", posix, () => {
  const checkout = new Checkout();
  checkout.maven(1);
  const { status, stdout, stderr } = checkout.run(["lint"], checkout.jdk("17"));
  assert.equal(status, 2);
  assert.equal(stdout, "");
  assert.match(stderr, /the build failed/);
});

test("ends with 2 and says what to install when Java or Maven is missing", posix, () => {
  const checkout = new Checkout();
  const none = checkout.run(["lint"]);
  assert.equal(none.status, 2);
  assert.match(none.stderr, /needs Java 17 or later\. Install it/);
  const old = checkout.run(["lint"], checkout.jdk("11.0.2"));
  assert.equal(old.status, 2);
  assert.match(old.stderr, /needs Java 17 or later \(found .*jdk 11\.0\.2\/bin\/java is Java 11\)/);
  const noMaven = checkout.run(["lint"], checkout.jdk("17"));
  assert.equal(noMaven.status, 2);
  assert.match(noMaven.stderr, /is not built and Maven \(mvn\) is not on PATH/);
});

test("lists the commands when there is none of that name", posix, () => {
  const { status, stdout, stderr } = new Checkout().run(["lnit"]);
  assert.equal(status, 2);
  assert.equal(stdout, "");
  assert.match(stderr, /there is no command 'lnit'\. The commands are: lint, explain/);
});

test("says the same in help as the file that Windows runs", () => {
  const commands = ["lint", "explain", "rules", "lsp", "run", "dap"];
  const windows = readFileSync("../microvisor.cmd", "utf8");
  for (const command of commands) assert.ok(windows.includes(command), command);
});
