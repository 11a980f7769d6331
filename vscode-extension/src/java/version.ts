/** The least Java that the bundled jars run on. */
export const LEAST_JAVA = 17;

/**
 * The major version in what `java -version` prints or in a JDK's `release` file; undefined when the
 * text is neither. Java 8 calls itself 1.8.
 */
export function majorVersion(text: string): number | undefined {
  const version =
    /^JAVA_VERSION="([^"]+)"/m.exec(text)?.[1] ?? /\bversion "([^"]+)"/.exec(text)?.[1];
  const numbers = /^(?:1\.)?(\d+)/.exec(version ?? "");
  return numbers?.[1] === undefined ? undefined : Number(numbers[1]);
}
