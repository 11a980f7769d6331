import * as path from "node:path";
import { LEAST_JAVA } from "./version";

/** A place where Java may be. */
export interface Candidate {
  /** The folder that holds `bin/java`. */
  readonly home: string;
  /** Who named it, as a person would say it: "the setting microvisor.java.home". */
  readonly source: string;
  /** True when the person named it on purpose: then a fault in it is an error, not a reason to look on. */
  readonly explicit: boolean;
}

export interface Java {
  readonly executable: string;
  readonly major: number;
  readonly source: string;
}

/** Why there is no Java, in words for the person at the screen. */
export interface NoJava {
  readonly problem: string;
}

/** What discovery knows about the machine: all of it passed in, so that it can be tested. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The setting `microvisor.java.home`. */
  readonly configuredHome: string;
  /** Java homes that the extension redhat.java offers, best first. */
  readonly offeredHomes: readonly string[];
  /** Major version of the Java behind an executable; undefined when it is not a working Java. */
  versionOf(executable: string): Promise<number | undefined>;
}

/** Everywhere to look, in order: what the person said, what Java tooling knows, the environment. */
export function candidates(surroundings: Surroundings): Candidate[] {
  const { environment, platform } = surroundings;
  const found: Candidate[] = [];
  if (surroundings.configuredHome.trim() !== "") {
    found.push({
      home: surroundings.configuredHome.trim(),
      source: "the setting microvisor.java.home",
      explicit: true,
    });
  }
  for (const home of surroundings.offeredHomes) {
    found.push({ home, source: "the extension Language Support for Java", explicit: false });
  }
  for (const name of ["JDK_HOME", "JAVA_HOME"]) {
    const home = environment[name];
    if (home) found.push({ home, source: name, explicit: false });
  }
  for (const folder of pathFolders(environment, platform)) {
    // bin/java is asked for below a home; on PATH stands the bin folder itself, whatever its name.
    found.push({ home: folder, source: "PATH", explicit: false });
  }
  return found;
}

/** The first candidate that is Java 17 or later, or why none is. */
export async function findJava(surroundings: Surroundings): Promise<Java | NoJava> {
  const rejected: string[] = [];
  for (const candidate of candidates(surroundings)) {
    const executable = executableOf(candidate, surroundings.platform);
    const major = await surroundings.versionOf(executable);
    if (major !== undefined && major >= LEAST_JAVA) {
      return { executable, major, source: candidate.source };
    }
    if (candidate.explicit) {
      const fault =
        major === undefined ? `there is no working ${executable}` : `it holds Java ${major}`;
      return {
        problem: `Microvisor Tools need Java ${LEAST_JAVA} or later, but ${candidate.source} names ${candidate.home}: ${fault}.`,
      };
    }
    if (major !== undefined) rejected.push(`${candidate.source} has Java ${major}`);
  }
  const seen = rejected.length === 0 ? "found none" : `found only: ${rejected.join(", ")}`;
  return {
    problem: `Microvisor Tools need Java ${LEAST_JAVA} or later and ${seen}. Install one, or name its folder in the setting microvisor.java.home.`,
  };
}

function executableOf(candidate: Candidate, platform: NodeJS.Platform): string {
  const file = platform === "win32" ? "java.exe" : "java";
  const join = platform === "win32" ? path.win32.join : path.posix.join;
  return candidate.source === "PATH"
    ? join(candidate.home, file)
    : join(candidate.home, "bin", file);
}

function pathFolders(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string[] {
  const value = environment["PATH"] ?? environment["Path"] ?? "";
  return value.split(platform === "win32" ? ";" : ":").filter((folder) => folder !== "");
}
