import { SentMail } from "../../engine/results/testing/sent-mail.ts";
import type { Engine } from "../../store/testing/test-database.ts";
import { openTestApp } from "./compose-test-app.ts";
import { TEST_SECRET, type TestApp, type TestAppOptions } from "./test-app.ts";

/** A browser as people use it. */
export const BROWSER = {
  "user-agent":
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36",
};

export interface MailedApp {
  readonly app: TestApp;
  readonly mail: SentMail;
  close(): Promise<void>;
}

/** A server whose contacts have been written to; the clocks of both go together by `tick`. */
export async function openMailedApp(
  engine: Engine,
  options: TestAppOptions & { readonly model?: string } = {},
): Promise<MailedApp> {
  const app = await openTestApp(engine, {
    ...options,
    settings: {
      publicUrl: "https://cs.acme.test",
      mailFrom: "Acme Success <cs@acme.test>",
      ...options.settings,
    },
  });
  const mail = await new SentMail(app.store, TEST_SECRET).begin(options.model);
  app.now = mail.delivery.book.now;
  return { app, mail, close: () => app.close() };
}
