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

scenario("a mistake in microvisor.toml is shown in it until it is mended", async () => {
  const settings = vscode.Uri.file(sample("http-request", "microvisor.toml"));
  const shown = (): vscode.Diagnostic[] => vscode.languages.getDiagnostics(settings);
  const write = (text: string): Thenable<void> =>
    vscode.workspace.fs.writeFile(settings, Buffer.from(text));
  await write('ignroe = ["deprecated-api"]\n');
  try {
    const document = await vscode.workspace.openTextDocument(sample("http-request", "main.c"));
    await vscode.window.showTextDocument(document);
    const changes = vscode.languages.onDidChangeDiagnostics;
    const mistake = await eventually("a diagnostic of microvisor.toml", changes, () => shown()[0]);
    assert.match(mistake.message, /ignroe/);
    await write("pedantic = true\n");
    await eventually("it to go", changes, () => (shown().length === 0 ? true : undefined));
  } finally {
    await vscode.workspace.fs.delete(settings);
  }
});

scenario("a structure filled in by completion is indented once", async () => {
  const file = vscode.Uri.file(sample("http-request", "filled.c"));
  await vscode.workspace.fs.writeFile(
    file,
    Buffer.from("void f(void) {\n    struct MvOpenChannelParams p = \n}\n"),
  );
  try {
    const editor = await vscode.window.showTextDocument(file);
    const end = editor.document.lineAt(1).range.end;
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      file,
      end,
    );
    const item = list.items.find(({ label }) => String(label).includes("all fields"));
    assert.ok(item, `nothing to fill in among ${list.items.length} suggestions`);
    assert.ok(item.insertText instanceof vscode.SnippetString);
    assert.ok(await editor.insertSnippet(item.insertText, end));
    assert.match(editor.document.getText(), /= \{\n {8}\.version = 1,\n/);
    assert.match(editor.document.getText(), /\n {8}\},\n {4}\}\n\}\n$/);
  } finally {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await vscode.workspace.fs.delete(file);
  }
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
