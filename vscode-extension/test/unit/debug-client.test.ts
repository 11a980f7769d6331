import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { DebugClient } from "@vscode/debugadapter-testsupport";

/*
 * The debug adapter driven by the client of @vscode/debugadapter-testsupport, over its standard input and
 * output, with the sample config-fetch.
 */

const JAR = path.resolve("jars/microvisor-debug.jar");
const SAMPLE = path.resolve("../samples/firmware/config-fetch");
const ELF = path.join(SAMPLE, "config-fetch.elf");
const MAIN = path.join(SAMPLE, "main.c");
const withJar = { skip: !existsSync(JAR) && `no ${JAR}: npm run gather after mvn -DskipTests package` };

/** Number of the line that holds a text, so that the test survives edits above it. */
function lineWith(text: string): number {
  const line = readFileSync(MAIN, "utf8").split("\n").findIndex((l) => l.includes(text)) + 1;
  assert.notEqual(line, 0, `main.c has no line with ${text}`);
  return line;
}

async function withClient(work: (client: DebugClient) => Promise<void>): Promise<void> {
  // The client starts "java ARG": all arguments are in a file, which java reads itself.
  const client = new DebugClient("java", "@test/unit/debug-client.args", "microvisor");
  // A deadline for a machine that builds something else as well; nothing waits this long.
  client.defaultTimeout = 90_000;
  await client.start();
  try {
    await work(client);
  } finally {
    await client.stop();
  }
}

test("a breakpoint is hit with its locals, and the firmware goes on to its end", withJar, () =>
  withClient(async (client) => {
    const line = lineWith("uint32_t interval_ms = 0;");
    await client.hitBreakpoint({ type: "microvisor", program: ELF, stopAtMain: false }, { path: MAIN, line });
    const stack = await client.stackTraceRequest({ threadId: 1 });
    assert.equal(stack.body.stackFrames[0]?.name, "interval_of");
    const scopes = await client.scopesRequest({ frameId: stack.body.stackFrames[0]?.id ?? 0 });
    assert.ok(scopes.body.scopes.some((scope) => scope.name === "Microvisor"));
    const next = client.waitForEvent("stopped");
    await client.continueRequest({ threadId: 1 });
    assert.match((await next).body.description, /idle for good/);
  }),
);

test("a step back undoes a step", withJar, () =>
  withClient(async (client) => {
    await Promise.all([
      client.configurationSequence(),
      client.launch({ type: "microvisor", program: ELF }),
      client.assertStoppedLocation("entry", { path: MAIN, line: lineWith("(void)log_start();") }),
    ]);
    const at = lineWith("(void)log_start();");
    await Promise.all([client.nextRequest({ threadId: 1 }), client.assertStoppedLocation("step", { line: at + 1 })]);
    await Promise.all([client.stepBackRequest({ threadId: 1 }), client.assertStoppedLocation("step", { line: at })]);
    const time = await client.evaluateRequest({ expression: "mv networks", context: "repl" });
    assert.match(time.body.result, /MV_NETWORKSTATUS_/);
  }),
);

test("reverseContinue goes back to an earlier breakpoint, and the Microvisor scope with it", withJar, () =>
  withClient(async (client) => {
    const line = lineWith("uint32_t interval_ms = 0;");
    await client.hitBreakpoint({ type: "microvisor", program: ELF, stopAtMain: false }, { path: MAIN, line });
    const calls = async (): Promise<number> => {
      const answer = await client.evaluateRequest({ expression: "mv calls", context: "repl" });
      return answer.body.result.split("\n").length;
    };
    const callsThen = await calls();
    const early = lineWith("(void)log_start();");
    await client.setBreakpointsRequest({ source: { path: MAIN }, breakpoints: [{ line: early }] });
    await Promise.all([
      client.reverseContinueRequest({ threadId: 1 }),
      client.assertStoppedLocation("breakpoint", { path: MAIN, line: early }),
    ]);
    assert.ok((await calls()) < callsThen, "the list of calls did not travel back");
    await Promise.all([
      client.reverseContinueRequest({ threadId: 1 }),
      client.assertStoppedLocation("entry", {}),
    ]);
  }),
);
