import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { userToken } from "../../../src/engine/access/widget-keys.ts";
import { openTestApp } from "../../../src/server/testing/compose-test-app.ts";
import type { TestApp, TestAppOptions } from "../../../src/server/testing/test-app.ts";
import { type InAppToSend, sendInApp } from "../../../src/store/testing/sent-in-app.ts";

/** Any page of a customer's app: what tests are not about stays plain. */
export interface CustomerPage {
  readonly html?: string;
  readonly user?: string;
  /** Another than the user's. */
  readonly token?: string;
  /** Attributes of the script tag. */
  readonly data?: Readonly<Record<string, string>>;
  /** A script of the customer's own, instead of the widget's tag. */
  readonly script?: string;
}

/**
 * A server of ours, and a customer's site on another origin under a strict Content-Security-Policy
 * that allows our script and its requests, and nothing else.
 */
export class CustomerSite {
  readonly test: TestApp;
  /** Of our server, and of the customer's site. */
  readonly server: string;
  readonly origin: string;
  readonly key: { readonly id: string; readonly secret: string };
  readonly #site: http.Server;
  readonly #pages = new Map<string, string>();
  #users = 0;
  /** No report gets through to our server, not even the last one of a page that is left. */
  areReportsCut = false;

  static async open(options: TestAppOptions = {}): Promise<CustomerSite> {
    const test = await openTestApp("pglite", options);
    const server = await test.app.listen({ host: "127.0.0.1", port: 0 });
    const key = await test.newKey("widget");
    const site = http.createServer();
    await new Promise<void>((resolve) => {
      site.listen(0, "127.0.0.1", resolve);
    });
    return new CustomerSite(test, server, key, site);
  }

  private constructor(
    test: TestApp,
    server: string,
    key: { readonly id: string; readonly secret: string },
    site: http.Server,
  ) {
    this.test = test;
    this.server = server;
    this.key = key;
    this.#site = site;
    this.origin = `http://localhost:${(site.address() as AddressInfo).port}`;
    this.#standBefore(test.app.server);
    site.on("request", (request, response) => {
      const text = this.#pages.get(request.url ?? "");
      const type = request.url?.endsWith(".js") ? "text/javascript" : "text/html";
      response.writeHead(text === undefined ? 404 : 200, {
        "content-type": `${type}; charset=utf-8`,
        "content-security-policy": this.#policy(),
      });
      response.end(text ?? "not here");
    });
  }

  /**
   * In the server's own place: a listener beside it would close the connection and the server would
   * still answer a report whose head and body came as one piece.
   */
  #standBefore(server: http.Server): void {
    const listeners = server.listeners("request") as http.RequestListener[];
    server.removeAllListeners("request");
    server.on("request", (request: http.IncomingMessage, response: http.ServerResponse) => {
      if (this.areReportsCut && request.url?.startsWith("/widget/reports")) {
        request.socket.destroy();
        return;
      }
      for (const listener of listeners) listener.call(server, request, response);
    });
  }

  #policy(): string {
    return [
      "default-src 'none'",
      `script-src 'self' ${this.server}`,
      `connect-src ${this.server}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
    ].join("; ");
  }

  newUser(): string {
    this.#users += 1;
    return `user ${this.#users}`;
  }

  token(user: string): string {
    return userToken(this.key.secret, user);
  }

  send(message: InAppToSend): Promise<string> {
    return sendInApp(this.test.store, { account: `of ${message.user}`, ...message });
  }

  /** The address of a new page. */
  put({ html = "", user, token, data = {}, script }: CustomerPage): string {
    const of = user === undefined ? {} : { user, token: token ?? this.token(user) };
    const attributes = Object.entries({ key: this.key.id, ...of, ...data })
      .map(([name, value]) => ` data-${name}="${value}"`)
      .join("");
    const path = `/page-${this.#pages.size}`;
    const widget = `<script src="${this.server}/widget.js"${attributes} async></script>`;
    if (script !== undefined) this.#pages.set(`${path}.js`, script);
    const tag = script === undefined ? widget : `<script src="${path}.js"></script>`;
    this.#pages.set(
      path,
      `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Shop</title>${tag}<body><h1>A customer's app</h1>${html}`,
    );
    return this.origin + path;
  }

  /** Events of an account that came of messages, in order. */
  async events(user: string): Promise<readonly string[]> {
    const [account] = await this.test.store.accounts.load([`of ${user}`]);
    return (account?.events ?? []).map(({ name }) => name);
  }

  async close(): Promise<void> {
    await new Promise((resolve) => {
      this.#site.close(resolve);
      this.#site.closeAllConnections();
    });
    await this.test.close();
  }
}

/** What a page complained about: broken policies, errors, failed loads. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return complaints;
}
