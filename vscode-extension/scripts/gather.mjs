// Gathers what goes into the extension from the rest of the repository: the two jars that Maven has
// built, which the extension starts from jars/, and the legal files.
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const extension = fileURLToPath(new URL("../", import.meta.url));
const gathered = {
  "server/cli/target/microvisor-server.jar": "jars/microvisor-server.jar",
  "debug-adapter/cli/target/microvisor-debug.jar": "jars/microvisor-debug.jar",
  LICENSE: "LICENSE",
  "THIRD-PARTY.md": "THIRD-PARTY.md",
  "CHANGELOG.md": "CHANGELOG.md",
};

mkdirSync(extension + "jars", { recursive: true });
for (const [from, to] of Object.entries(gathered)) {
  if (!existsSync(root + from)) {
    console.error(`gather: ${root}${from} is missing.`);
    if (from.endsWith(".jar")) {
      console.error("Build it: mvn -DskipTests -pl server/cli,debug-adapter/cli -am package");
    }
    process.exit(1);
  }
  copyFileSync(root + from, extension + to);
}
