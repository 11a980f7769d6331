import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { javaArguments, locateJava, tellNoJava } from "../java/runtime";

const SCHEME = "microvisor-rule";
const EXPLAIN_TIMEOUT_MS = 20_000;
const run = promisify(execFile);

/** Shows the page of the rule whose finding stands under the cursor, as `microvisor explain` prints it. */
export function registerExplainRule(jar: string): vscode.Disposable {
  const pages = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: (page) => explain(jar, ruleOfPage(page)),
  });
  const command = vscode.commands.registerCommand("microvisor.explainRule", async () => {
    const rule = ruleUnderCursor(vscode.window.activeTextEditor);
    if (rule === undefined) {
      await vscode.window.showInformationMessage(
        "There is no finding of the Microvisor linter under the cursor.",
      );
      return;
    }
    const page = vscode.Uri.from({ scheme: SCHEME, path: `/${rule}.md` });
    await vscode.commands.executeCommand("markdown.showPreview", page);
  });
  return vscode.Disposable.from(pages, command);
}

function ruleOfPage(page: vscode.Uri): string {
  return page.path.replace(/^\/|\.md$/g, "");
}

function ruleUnderCursor(editor: vscode.TextEditor | undefined): string | undefined {
  if (editor === undefined) return undefined;
  const finding = vscode.languages
    .getDiagnostics(editor.document.uri)
    .find((d) => d.source === "microvisor" && d.range.contains(editor.selection.active));
  const code = finding?.code;
  const rule = typeof code === "object" ? code.value : code;
  // Rule ids have this shape; nothing else becomes an argument of a command.
  return typeof rule === "string" && /^[a-z0-9-]+$/.test(rule) ? rule : undefined;
}

async function explain(jar: string, rule: string): Promise<string> {
  const java = await locateJava();
  if ("problem" in java) {
    void tellNoJava(java);
    return java.problem;
  }
  const flags = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];
  const { stdout } = await run(java.executable, javaArguments(flags, jar, "explain", rule), {
    timeout: EXPLAIN_TIMEOUT_MS,
  });
  return stdout;
}
