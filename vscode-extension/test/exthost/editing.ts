import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, sample, scenario } from "./scenario";

const RULE = "buffer-alignment";

scenario("a finding is underlined, its quick fix mends it, and it is gone", async () => {
  const document = await vscode.workspace.openTextDocument(sample("mistakes", "buffers.c"));
  const editor = await vscode.window.showTextDocument(document);
  const finding = await eventually(
    `a diagnostic ${RULE}`,
    vscode.languages.onDidChangeDiagnostics,
    () => findings(document)[0],
  );
  assert.equal(finding.source, "microvisor");
  const before = findings(document).length;

  const fix = await quickFix(document, finding);
  editor.selection = new vscode.Selection(finding.range.start, finding.range.start);
  if (fix.edit !== undefined) assert.ok(await vscode.workspace.applyEdit(fix.edit));
  if (fix.command !== undefined) {
    await vscode.commands.executeCommand(fix.command.command, ...(fix.command.arguments ?? []));
  }

  assert.ok(document.isDirty, "the fix changed nothing");
  await eventually("the diagnostic to go", vscode.languages.onDidChangeDiagnostics, () =>
    findings(document).length < before ? true : undefined,
  );
});

scenario("a hover on a call tells its contract", async () => {
  const document = await vscode.workspace.openTextDocument(sample("config-fetch", "config.c"));
  await vscode.window.showTextDocument(document);
  const call = document.positionAt(document.getText().search(/\bmvOpenChannel\s*\(/) + 3);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    call,
  );
  const text = hovers
    .flatMap((hover) => hover.contents)
    .map((content) => (typeof content === "string" ? content : content.value))
    .join("\n");
  assert.match(text, /mvOpenChannel/);
  assert.match(text, /MV_STATUS_INVALIDBUFFERALIGNMENT/);
});

function findings(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter((diagnostic) => {
    const code = diagnostic.code;
    return (typeof code === "object" ? code.value : code) === RULE;
  });
}

async function quickFix(
  document: vscode.TextDocument,
  finding: vscode.Diagnostic,
): Promise<vscode.CodeAction> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    finding.range,
    vscode.CodeActionKind.QuickFix.value,
    10, // resolve as many
  );
  const fix = actions.find((action) => action.edit !== undefined && /align/i.test(action.title));
  assert.ok(fix, `no fix among: ${actions.map((action) => action.title).join(" | ")}`);
  return fix;
}
