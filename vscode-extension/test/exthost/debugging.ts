import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as vscode from "vscode";
import { eventually, sample, scenario } from "./scenario";

/** The parts of the Debug Adapter Protocol that are read here. */
interface Variable {
  readonly name: string;
  readonly value: string;
  readonly variablesReference: number;
}
interface StoppedEvent {
  readonly reason: string;
  readonly threadId: number;
}

/** The deepest nesting looked into, so that a cycle ends. */
const DEEPEST = 6;

scenario("F5 on config-fetch stops at a breakpoint and the Microvisor scope holds the value", async () => {
  const source = sample("config-fetch", "config.c");
  const line = lineAfterRead(source);
  const breakpoint = new vscode.SourceBreakpoint(
    new vscode.Location(vscode.Uri.file(source), new vscode.Position(line, 0)),
  );
  vscode.debug.addBreakpoints([breakpoint]);
  const stops = new StopRecorder();
  try {
    const started = await vscode.debug.startDebugging(vscode.workspace.workspaceFolders?.[0], {
      type: "microvisor",
      request: "launch",
      name: "config-fetch",
      program: sample("config-fetch", "config-fetch.elf"),
      cloud: sample("config-fetch", "cloud.toml"),
      stopAtMain: false,
    });
    assert.ok(started, "the debug session did not start");
    const { session, stop } = await stops.first();
    assert.equal(stop.reason, "breakpoint");

    const { stackFrames } = await session.customRequest("stackTrace", { threadId: stop.threadId });
    assert.equal(stackFrames[0].line, line + 1);
    const { scopes } = await session.customRequest("scopes", { frameId: stackFrames[0].id });
    const microvisor = scopes.find((scope: { name: string }) => scope.name === "Microvisor");
    assert.ok(microvisor, `no scope Microvisor among ${JSON.stringify(scopes)}`);

    const { key, value } = configItem();
    const all = await everythingIn(session, microvisor.variablesReference);
    assert.ok(
      all.some((row) => row.path.includes(key) && row.value.includes(value)),
      `no ${key} = ${value} in the Microvisor scope:\n${all.map((r) => `${r.path} = ${r.value}`).join("\n")}`,
    );

    // Back in time with VS Code's own buttons, and the scope travels along.
    await vscode.commands.executeCommand("workbench.action.debug.stepBack");
    const back = await stops.number(2);
    assert.equal(back.stop.reason, "step");
    await vscode.commands.executeCommand("workbench.action.debug.reverseContinue");
    const beginning = await stops.number(3);
    assert.equal(beginning.stop.reason, "entry");
    const reset = await session.customRequest("stackTrace", { threadId: stop.threadId });
    assert.equal(reset.stackFrames[0].name, "Reset_Handler");
    const scopesThen = await session.customRequest("scopes", { frameId: reset.stackFrames[0].id });
    const then = scopesThen.scopes.find((scope: { name: string }) => scope.name === "Microvisor");
    const rows = await everythingIn(session, then.variablesReference);
    assert.ok(!rows.some((row) => row.value.includes(value)), `at reset the value ${value} is there already`);
  } finally {
    stops.dispose();
    vscode.debug.removeBreakpoints([breakpoint]);
    await vscode.debug.stopDebugging();
  }
});

/** Remembers the stops of all sessions from before the first one starts. */
class StopRecorder implements vscode.Disposable {
  private readonly stops: { session: vscode.DebugSession; stop: StoppedEvent }[] = [];
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly registration = vscode.debug.registerDebugAdapterTrackerFactory("microvisor", {
    createDebugAdapterTracker: (session) => ({
      onDidSendMessage: (message: { type: string; event?: string; body?: StoppedEvent }) => {
        if (message.type !== "event" || message.event !== "stopped" || !message.body) return;
        this.stops.push({ session, stop: message.body });
        this.changed.fire();
      },
    }),
  });

  first(): Promise<{ session: vscode.DebugSession; stop: StoppedEvent }> {
    return this.number(1);
  }

  /** The first stop is number 1. */
  number(n: number): Promise<{ session: vscode.DebugSession; stop: StoppedEvent }> {
    return eventually(`stop ${n} of the debugger`, this.changed.event, () => this.stops[n - 1]);
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}

/** The line that looks at the status of the call that has just read an item. */
function lineAfterRead(source: string): number {
  const lines = readFileSync(source, "utf8").split("\n");
  const call = lines.findIndex((text) => text.includes("= mvReadConfigResponseItem("));
  assert.ok(call >= 0, `${source} does not call mvReadConfigResponseItem`);
  return call + 1;
}

/** The first config, which is no secret, of the sample's cloud file. */
function configItem(): { readonly key: string; readonly value: string } {
  const cloud = readFileSync(sample("config-fetch", "cloud.toml"), "utf8");
  const item = /^key = "([^"]+)"\nvalue = "([^"]+)"/m.exec(cloud);
  assert.ok(item?.[1] && item[2], "cloud.toml has no item with key and value");
  return { key: item[1], value: item[2] };
}

/** A row of the Variables view; `path` holds the names from the scope down to it. */
interface Row {
  readonly path: string;
  readonly value: string;
}

async function everythingIn(
  session: vscode.DebugSession,
  variablesReference: number,
  path = "",
  depth = 0,
): Promise<Row[]> {
  if (variablesReference === 0 || depth > DEEPEST) return [];
  const answer = await session.customRequest("variables", { variablesReference });
  const rows: Row[] = [];
  for (const variable of answer.variables as Variable[]) {
    const below = `${path}/${variable.name}`;
    rows.push({ path: below, value: variable.value });
    rows.push(...(await everythingIn(session, variable.variablesReference, below, depth + 1)));
  }
  return rows;
}
