import * as vscode from "vscode";
import { DOCUMENTS } from "./languageServer";

/** The item beside the language name in the status bar, and the context key for menus. */
export class ServerStatus implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem("microvisor.server", DOCUMENTS);

  constructor() {
    this.item.name = "Microvisor";
    this.item.command = { command: "microvisor.showLog", title: "Show Log" };
  }

  starting(): void {
    this.show("Microvisor", "starting", vscode.LanguageStatusSeverity.Information, true);
  }

  running(server: { readonly name: string; readonly version?: string } | undefined): void {
    this.show(
      "Microvisor",
      `language server ${server?.version ?? ""} is running`,
      vscode.LanguageStatusSeverity.Information,
    );
    void setRunning(true);
  }

  stopped(): void {
    this.offerRestart("language server has stopped", vscode.LanguageStatusSeverity.Warning);
  }

  failed(problem: string): void {
    this.offerRestart(problem, vscode.LanguageStatusSeverity.Error);
  }

  dispose(): void {
    this.item.dispose();
  }

  private offerRestart(detail: string, severity: vscode.LanguageStatusSeverity): void {
    this.show("Microvisor", detail, severity);
    this.item.command = { command: "microvisor.restartServer", title: "Restart" };
    void setRunning(false);
  }

  private show(
    text: string,
    detail: string,
    severity: vscode.LanguageStatusSeverity,
    busy = false,
  ): void {
    this.item.text = text;
    this.item.detail = detail;
    this.item.severity = severity;
    this.item.busy = busy;
    this.item.command = { command: "microvisor.showLog", title: "Show Log" };
  }
}

function setRunning(running: boolean): Thenable<unknown> {
  return vscode.commands.executeCommand("setContext", "microvisor.serverRunning", running);
}
