import { tests } from "./scenario";
import "./debugging";
import "./editing";

/** What VS Code calls when it has started: runs the tests one after the other, in this file's order. */
export async function run(): Promise<void> {
  let failed = 0;
  for (const { name, body } of tests) {
    const start = Date.now();
    try {
      await body();
      console.log(`ok - ${name} (${Date.now() - start} ms)`);
    } catch (error) {
      failed++;
      console.log(`not ok - ${name}`);
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      for (const line of text.split("\n")) console.log(`  ${line}`);
    }
  }
  console.log(`${tests.length - failed} passed, ${failed} failed`);
  if (failed > 0) throw new Error(`${failed} of ${tests.length} failed`);
}
