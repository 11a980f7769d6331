import { existsSync } from "node:fs";
import * as vscode from "vscode";
import { locateJava, tellNoJava } from "../java/runtime";
import { launchFor, launchProblem, nearestFirmware, type Launch } from "./launch";

const FIRMWARE = "**/*.elf";
const NOT_FIRMWARE = "**/{node_modules,.git,CMakeFiles}/**";
const MOST_FIRMWARE = 100;

/** Fills in what F5 leaves open and refuses what cannot start, with the reason. */
export function registerConfigurations(): vscode.Disposable {
  const resolver: vscode.DebugConfigurationProvider = {
    async resolveDebugConfiguration(folder, configuration) {
      // F5 without a launch.json arrives as an empty configuration.
      if (configuration.type) return configuration;
      return (await chooseFirmware(folder)) ?? undefined;
    },
    async resolveDebugConfigurationWithSubstitutedVariables(_folder, configuration) {
      const problem = launchProblem(configuration, existsSync);
      if (problem !== undefined) {
        void vscode.window.showErrorMessage(problem, { modal: true });
        return undefined;
      }
      // Refused here, a session ends with one message; without its adapter it ends with two.
      const java = await locateJava();
      if ("problem" in java) {
        void tellNoJava(java);
        return undefined;
      }
      return configuration;
    },
  };
  const dynamic: vscode.DebugConfigurationProvider = {
    async provideDebugConfigurations(folder) {
      return (await findFirmware(folder)).map((program) => complete(launchFor(program)));
    },
  };
  return vscode.Disposable.from(
    vscode.debug.registerDebugConfigurationProvider("microvisor", resolver),
    vscode.debug.registerDebugConfigurationProvider(
      "microvisor",
      dynamic,
      vscode.DebugConfigurationProviderTriggerKind.Dynamic,
    ),
  );
}

async function chooseFirmware(
  folder: vscode.WorkspaceFolder | undefined,
): Promise<vscode.DebugConfiguration | undefined> {
  const programs = await findFirmware(folder);
  const source = vscode.window.activeTextEditor?.document.uri.fsPath;
  const near = source === undefined ? undefined : nearestFirmware(programs, source);
  const program = near ?? (await pickFirmware(programs));
  return program === undefined ? undefined : complete(launchFor(program));
}

async function pickFirmware(programs: readonly string[]): Promise<string | undefined> {
  if (programs.length === 0) {
    await vscode.window.showErrorMessage(
      "There is no firmware (*.elf) in this workspace. Build it first, or name it in launch.json.",
      { modal: true },
    );
    return undefined;
  }
  const items = programs.map((program) => ({
    label: vscode.workspace.asRelativePath(program),
    program,
  }));
  return (await vscode.window.showQuickPick(items, { title: "Firmware to debug" }))?.program;
}

async function findFirmware(folder: vscode.WorkspaceFolder | undefined): Promise<string[]> {
  const where = folder === undefined ? FIRMWARE : new vscode.RelativePattern(folder, FIRMWARE);
  const files = await vscode.workspace.findFiles(where, NOT_FIRMWARE, MOST_FIRMWARE);
  return files.map((file) => file.fsPath).sort();
}

/** VS Code's own type wants the three attributes that {@link launchFor} always sets. */
function complete(launch: Launch): vscode.DebugConfiguration {
  return { type: "microvisor", request: "launch", name: "Microvisor", ...launch };
}
