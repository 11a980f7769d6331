import * as vscode from "vscode";
import { LanguageClient, State, TransportKind, type LanguageClientOptions } from "vscode-languageclient/node";
import { javaArguments, locateJava, tellNoJava } from "../java/runtime";
import type { ServerStatus } from "./status";

/**
 * Serial collector: the smallest memory, and edits allocate little. The heap stays near what is needed,
 * and does not begin with a 64th of the machine's memory.
 */
const FLAGS = ["-XX:+UseSerialGC", "-Xms160m", "-Xmn96m", "-XX:MinHeapFreeRatio=20", "-XX:MaxHeapFreeRatio=40"];

/** The files that the server checks: C and C++ on disk. */
export const DOCUMENTS = [
  { scheme: "file", language: "c" },
  { scheme: "file", language: "cpp" },
];

/** Starts, restarts and stops the language server. At most one runs at a time. */
export class LanguageServer implements vscode.Disposable {
  private client: LanguageClient | undefined;
  /** Starts and stops one after the other, however fast the person clicks. */
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly jar: string,
    private readonly output: vscode.OutputChannel,
    private readonly status: ServerStatus,
  ) {}

  start(): Promise<void> {
    return this.enqueue(() => this.startNow());
  }

  restart(): Promise<void> {
    return this.enqueue(async () => {
      await this.stopNow();
      await this.startNow();
    });
  }

  stop(): Promise<void> {
    return this.enqueue(() => this.stopNow());
  }

  dispose(): void {
    void this.stop();
  }

  private enqueue(work: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(work, work);
    return this.queue;
  }

  private async startNow(): Promise<void> {
    if (this.client !== undefined) return;
    this.status.starting();
    const java = await locateJava();
    if ("problem" in java) {
      this.status.failed(java.problem);
      this.output.appendLine(java.problem);
      void tellNoJava(java);
      return;
    }
    const command = { command: java.executable, args: javaArguments(FLAGS, this.jar, "lsp") };
    this.output.appendLine(
      `Java ${java.major} from ${java.source}: ${command.command} ${command.args.join(" ")}`,
    );
    const options: LanguageClientOptions = {
      documentSelector: DOCUMENTS,
      outputChannel: this.output,
      // The files to watch are the server's to name; it registers them.
      synchronize: { configurationSection: "microvisor" },
    };
    const client = new LanguageClient(
      "microvisor",
      "Microvisor",
      { ...command, transport: TransportKind.stdio },
      options,
    );
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) this.status.running(client.initializeResult?.serverInfo);
      else if (newState === State.Stopped) this.status.stopped();
    });
    this.client = client;
    try {
      await client.start();
    } catch (error) {
      this.client = undefined;
      this.status.failed(`The language server did not start: ${String(error)}`);
      void vscode.window.showErrorMessage(
        "The Microvisor language server did not start. The command 'Microvisor: Show Log' says more.",
      );
    }
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // A client that failed to start has nothing to shut down, and says so by throwing.
    if (client?.needsStop() === true) await client.dispose();
  }
}
