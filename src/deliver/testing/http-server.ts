import http from "node:http";
import type { AddressInfo } from "node:net";

export interface ReceivedRequest {
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** What it answers; `drop`: takes the request and hangs up. */
export type Answer =
  | { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> }
  | "drop";

/** A server on loopback that keeps what was posted to it. */
export class HttpServer {
  readonly inbox: ReceivedRequest[] = [];
  answer: Answer = { status: 200, body: "ok" };
  readonly #server: http.Server;

  private constructor() {
    this.#server = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        this.inbox.push({
          headers: request.headers,
          body: Buffer.concat(chunks).toString("utf8"),
        });
        if (this.answer === "drop") request.socket.destroy();
        else response.writeHead(this.answer.status, this.answer.headers).end(this.answer.body);
      });
    });
  }

  static async start(): Promise<HttpServer> {
    const server = new HttpServer();
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
