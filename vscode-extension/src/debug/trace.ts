import * as vscode from "vscode";

/** Writes the messages of debug sessions to an output channel while the setting asks for it. */
export function registerTrace(output: vscode.OutputChannel): vscode.Disposable {
  return vscode.debug.registerDebugAdapterTrackerFactory("microvisor", {
    createDebugAdapterTracker(session) {
      const line = (text: string): void => output.appendLine(`${session.name}: ${text}`);
      const traced = vscode.workspace
        .getConfiguration("microvisor")
        .get("trace.debugAdapter", false);
      const failures: vscode.DebugAdapterTracker = {
        onError: (error) => line(`the debug adapter failed: ${error.message}`),
        onExit: (code) => {
          if (code !== undefined && code !== 0) line(`the debug adapter ended with code ${code}`);
        },
      };
      if (!traced) return failures;
      return {
        ...failures,
        onWillReceiveMessage: (message) => line(`→ ${JSON.stringify(message)}`),
        onDidSendMessage: (message) => line(`← ${JSON.stringify(message)}`),
      };
    },
  });
}
