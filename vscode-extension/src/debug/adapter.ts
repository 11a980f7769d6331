import * as vscode from "vscode";
import { javaArguments, locateJava } from "../java/runtime";

/** Serial collector: the emulator allocates little while it runs. */
const FLAGS = ["-XX:+UseSerialGC"];

/** Starts one debug adapter for each session, from the bundled jar, over standard input and output. */
export function registerDebugAdapter(jar: string): vscode.Disposable {
  return vscode.debug.registerDebugAdapterDescriptorFactory("microvisor", {
    async createDebugAdapterDescriptor() {
      const java = await locateJava();
      // It was there when the configuration was resolved, which says so in a better way.
      if ("problem" in java) throw new Error(java.problem);
      return new vscode.DebugAdapterExecutable(
        java.executable,
        javaArguments(FLAGS, jar, "dap"),
      );
    },
  });
}
