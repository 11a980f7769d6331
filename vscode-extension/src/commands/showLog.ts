import * as vscode from "vscode";

/** Opens the output channel of the language server. */
export function registerShowLog(output: vscode.OutputChannel): vscode.Disposable {
  return vscode.commands.registerCommand("microvisor.showLog", () => output.show(true));
}
