import * as vscode from "vscode";
import type { LanguageServer } from "../server/languageServer";

/** Stops the language server, if it runs, and starts it anew: after a Java update, or when stuck. */
export function registerRestartServer(server: LanguageServer): vscode.Disposable {
  return vscode.commands.registerCommand("microvisor.restartServer", () => server.restart());
}
