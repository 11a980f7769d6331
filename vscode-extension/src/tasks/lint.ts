import * as vscode from "vscode";
import { javaArguments, locateJava, tellNoJava } from "../java/runtime";

const FLAGS = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];

/** Offers `microvisor lint` as a task, its findings shown in the Problems view. */
export function registerLintTasks(jar: string): vscode.Disposable {
  return vscode.tasks.registerTaskProvider("microvisor", {
    async provideTasks() {
      const folders = vscode.workspace.workspaceFolders ?? [];
      const java = folders.length === 0 ? undefined : await locateJava();
      if (java === undefined || "problem" in java) return [];
      return folders.map((folder) =>
        lintTask(java.executable, jar, folder, { type: "microvisor", command: "lint" }),
      );
    },
    async resolveTask(task) {
      const folder = task.scope;
      if (folder === undefined || typeof folder === "number") return undefined;
      const java = await locateJava();
      if ("problem" in java) {
        void tellNoJava(java);
        return undefined;
      }
      return lintTask(java.executable, jar, folder, task.definition);
    },
  });
}

function lintTask(
  executable: string,
  jar: string,
  folder: vscode.WorkspaceFolder,
  definition: vscode.TaskDefinition,
): vscode.Task {
  const given: unknown = definition["paths"];
  const paths = Array.isArray(given) ? given.map(String) : ["."];
  const words = javaArguments(FLAGS, jar, "lint", "--format", "concise", ...paths);
  const execution = new vscode.ProcessExecution(executable, words, { cwd: folder.uri.fsPath });
  const task = new vscode.Task(definition, folder, "lint", "microvisor", execution, "$microvisor");
  task.detail = "Check the sources for mistakes in the use of the Microvisor API";
  return task;
}
