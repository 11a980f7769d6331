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
  const source = sample("config-fetch", "main.c");
  const line = breakpointLine(source);
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

    const expected = configValue();
    const all = await everythingIn(session, microvisor.variablesReference);
    assert.ok(
      all.some((variable) => variable.value.includes(expected)),
      `no '${expected}' in the Microvisor scope:\n${all.map((v) => `${v.name} = ${v.value}`).join("\n")}`,
    );
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
    return eventually("the debugger to stop", this.changed.event, () => this.stops[0]);
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}

/** The sample marks the line where the fetched value is about to be used. */
function breakpointLine(source: string): number {
  const lines = readFileSync(source, "utf8").split("\n");
  const line = lines.findIndex((text) => text.includes("/* stop here */"));
  assert.ok(line >= 0, `${source} has no line marked /* stop here */`);
  return line;
}

/** The value of the first config, not secret, of the sample's cloud file. */
function configValue(): string {
  const cloud = readFileSync(sample("config-fetch", "cloud.toml"), "utf8");
  const value = /^\[\[config\]\][^[]*?^value\s*=\s*"([^"]+)"/ms.exec(cloud)?.[1];
  assert.ok(value, "cloud.toml has no [[config]] with a value");
  return value;
}

async function everythingIn(
  session: vscode.DebugSession,
  variablesReference: number,
  depth = 0,
): Promise<Variable[]> {
  if (variablesReference === 0 || depth > DEEPEST) return [];
  const answer = await session.customRequest("variables", { variablesReference });
  const variables: Variable[] = answer.variables;
  const below: Variable[] = [];
  for (const variable of variables) {
    below.push(...(await everythingIn(session, variable.variablesReference, depth + 1)));
  }
  return [...variables, ...below];
}
