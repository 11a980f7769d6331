import * as path from "node:path";
import * as vscode from "vscode";

/** How long any one thing that a person would wait for may take. A deadline, never a pause. */
const PATIENCE_MS = 45_000;

export const tests: { readonly name: string; readonly body: () => Promise<void> }[] = [];

/** A test: one thing that a person does in VS Code, from beginning to end. */
export function scenario(name: string, body: () => Promise<void>): void {
  tests.push({ name, body });
}

/** A file of the copy of samples/firmware that is open as the workspace. */
export function sample(...names: string[]): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error("no workspace folder is open");
  return path.join(folder.uri.fsPath, ...names);
}

/**
 * Waits until `look` finds something, looking again at every `change`.
 *
 * @param found what is waited for, for the message when it never comes
 */
export async function eventually<T>(
  found: string,
  change: vscode.Event<unknown>,
  look: () => T | undefined,
): Promise<T> {
  const now = look();
  if (now !== undefined) return now;
  return new Promise<T>((resolve, reject) => {
    const subscription = change(() => {
      const value = look();
      if (value === undefined) return;
      finish();
      resolve(value);
    });
    const timer = setTimeout(() => {
      finish();
      reject(new Error(`waited ${PATIENCE_MS / 1000} s for ${found}`));
    }, PATIENCE_MS);
    const finish = (): void => {
      clearTimeout(timer);
      subscription.dispose();
    };
  });
}
