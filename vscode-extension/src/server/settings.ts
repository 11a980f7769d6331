import * as vscode from "vscode";
import type { LanguageServer } from "./languageServer";

/** A new Java, or new options for it, take effect at once; all other settings are the server's own. */
export function registerRestartOnNewJava(server: LanguageServer): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration("microvisor.java")) void server.restart();
  });
}
