import { execFile } from "node:child_process";
import { readFile, realpath } from "node:fs/promises";
import * as path from "node:path";
import * as vscode from "vscode";
import { findJava, type Java, type NoJava } from "./discovery";
import { splitOptions } from "./options";
import { LEAST_JAVA, majorVersion } from "./version";

const VERSION_TIMEOUT_MS = 10_000;

/** Looks for Java with this machine's environment and settings. */
export async function locateJava(): Promise<Java | NoJava> {
  return findJava({
    platform: process.platform,
    environment: process.env,
    configuredHome: vscode.workspace.getConfiguration("microvisor").get("java.home", ""),
    offeredHomes: await homesOfJavaExtension(),
    versionOf,
  });
}

/** A command line that starts one of the bundled jars. */
export function javaArguments(flags: readonly string[], jar: string, ...rest: string[]): string[] {
  const options = vscode.workspace.getConfiguration("microvisor").get("java.options", "");
  return [...flags, ...splitOptions(options), "-jar", jar, ...rest];
}

/** Says that there is no Java and offers the two ways out. */
export async function tellNoJava(none: NoJava): Promise<void> {
  const settings = "Open Settings";
  const download = "Get Java";
  const choice = await vscode.window.showErrorMessage(none.problem, settings, download);
  if (choice === settings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "microvisor.java.home");
  } else if (choice === download) {
    const page = `https://adoptium.net/temurin/releases/?version=${LEAST_JAVA}`;
    await vscode.env.openExternal(vscode.Uri.parse(page));
  }
}

/** A soft source: firmware people rarely have redhat.java, so it is asked only when it is there. */
async function homesOfJavaExtension(): Promise<string[]> {
  const extension = vscode.extensions.getExtension<JavaExtensionApi>("redhat.java");
  if (extension?.isActive !== true) return [];
  const requirement = extension.exports.javaRequirement;
  return [requirement?.tooling_jre, requirement?.java_home].filter((home) => home !== undefined);
}

/** The part of the API of redhat.java that is read here (its extension.api.ts). */
interface JavaExtensionApi {
  readonly javaRequirement?: { readonly tooling_jre?: string; readonly java_home?: string };
}

/** Reads the `release` file of the JDK; where there is none, asks `java -version`. */
async function versionOf(executable: string): Promise<number | undefined> {
  let real: string;
  try {
    real = await realpath(executable);
  } catch {
    return undefined; // no such file
  }
  try {
    const release = path.join(path.dirname(path.dirname(real)), "release");
    const major = majorVersion(await readFile(release, "utf8"));
    if (major !== undefined) return major;
  } catch {
    // Some JREs have no such file: ask the program.
  }
  return new Promise((resolve) => {
    execFile(real, ["-version"], { timeout: VERSION_TIMEOUT_MS }, (_error, stdout, stderr) =>
      resolve(majorVersion(stderr + stdout)),
    );
  });
}
