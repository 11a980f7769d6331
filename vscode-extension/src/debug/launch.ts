import * as path from "node:path";

/** The attributes of a launch configuration of type `microvisor` that this extension itself reads. */
export interface Launch {
  type?: string;
  request?: string;
  name?: string;
  program?: unknown;
  cloud?: unknown;
  cwd?: unknown;
  [attribute: string]: unknown;
}

/** The configuration offered for a firmware file found in the workspace. */
export function launchFor(program: string): Launch {
  return {
    type: "microvisor",
    request: "launch",
    name: `Microvisor: ${path.basename(program)}`,
    program,
    stopAtMain: true,
  };
}

/**
 * Of several firmware files the one that belongs to a source file: in the same folder or the nearest
 * one above it; undefined when none or several are equally near.
 */
export function nearestFirmware(programs: readonly string[], source: string): string | undefined {
  for (let folder = path.dirname(source); ; folder = path.dirname(folder)) {
    const below = programs.filter((p) => !path.relative(folder, p).startsWith(".."));
    if (below.length === 1) return below[0];
    if (below.length > 1 || folder === path.dirname(folder)) return undefined;
  }
}

/**
 * What is wrong with a configuration after variables have been substituted, in words for the person
 * at the screen; undefined when it may start. What is inside the files is the debug adapter's to judge.
 */
export function launchProblem(launch: Launch, exists: (file: string) => boolean): string | undefined {
  const { program, cloud, cwd } = launch;
  const resolve = (file: string): string =>
    typeof cwd === "string" ? path.resolve(cwd, file) : file;
  if (typeof program !== "string" || program === "") {
    return "launch.json: 'program' must name the firmware, an ELF file for the Cortex-M33.";
  }
  const firmware = resolve(program);
  if (!path.isAbsolute(firmware)) {
    return `launch.json: 'program' is relative to no folder; write "\${workspaceFolder}/${program}" or add "cwd".`;
  }
  if (!exists(firmware)) {
    return `There is no firmware at ${firmware}. Build it first, or correct 'program' in launch.json.`;
  }
  if (cloud === undefined) return undefined;
  if (typeof cloud !== "string" || !path.isAbsolute(resolve(cloud))) {
    return "launch.json: 'cloud' must be the path of a cloud file, absolute or with \"cwd\".";
  }
  return exists(resolve(cloud))
    ? undefined
    : `There is no cloud file at ${resolve(cloud)}. Correct 'cloud' in launch.json, or leave it out.`;
}
