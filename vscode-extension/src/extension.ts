import * as vscode from "vscode";
import { registerExplainRule } from "./commands/explainRule";
import { registerRestartServer } from "./commands/restartServer";
import { registerShowLog } from "./commands/showLog";
import { registerDebugAdapter } from "./debug/adapter";
import { registerConfigurations } from "./debug/configurations";
import { registerTrace } from "./debug/trace";
import { LanguageServer } from "./server/languageServer";
import { registerRestartOnNewJava } from "./server/settings";
import { ServerStatus } from "./server/status";
import { registerLintTasks } from "./tasks/lint";

let server: LanguageServer | undefined;

/** Wires the parts together; what they do is their own. */
export function activate(context: vscode.ExtensionContext): void {
  const serverJar = context.asAbsolutePath("jars/microvisor-server.jar");
  const debugJar = context.asAbsolutePath("jars/microvisor-debug.jar");
  const serverLog = vscode.window.createOutputChannel("Microvisor");
  const debugLog = vscode.window.createOutputChannel("Microvisor Debugger");
  const status = new ServerStatus();
  server = new LanguageServer(serverJar, serverLog, status);
  context.subscriptions.push(
    serverLog,
    debugLog,
    status,
    server,
    registerRestartServer(server),
    registerRestartOnNewJava(server),
    registerShowLog(serverLog),
    registerExplainRule(serverJar),
    registerDebugAdapter(debugJar),
    registerConfigurations(),
    registerTrace(debugLog),
    registerLintTasks(serverJar),
  );
  void server.start();
}

/** VS Code waits for what this returns, so the server can end in an orderly way. */
export function deactivate(): Promise<void> | undefined {
  return server?.stop();
}
