import type { Store } from "../../engine/ports.ts";
import { account, Book, contact, GO_LIVE, logins } from "../../engine/testing/book.ts";
import { type TestApp, type TestAppOptions, testAppOver } from "./test-app.ts";

/**
 * The server over a small decided book: `acme` (the CSM's, worth high touch), `bolt` (nobody's,
 * low), with contacts and a week of logins.
 */
export async function apiBook(
  store: Store,
  options: TestAppOptions = {},
): Promise<TestApp & { readonly book: Book }> {
  const book = new Book(store, GO_LIVE, 9);
  const created = { createdAt: GO_LIVE - 40 };
  await book.import({
    accounts: [
      account("acme", {
        ...created,
        name: "Acme Ltd",
        owner: "csm",
        traits: { arr: 200, plan: "pro", renewal_date: "2026-06-01" },
      }),
      account("bolt", { ...created, name: "Bolt AG", traits: { arr: 20, plan: "free" } }),
      account("core", { ...created, name: "core labs", owner: "leader", traits: { arr: 150 } }),
    ],
    contacts: [
      contact("acme", "ann", {
        userId: "u1",
        email: "Ann@Acme.test",
        name: "Ann Archer",
        role: "admin",
      }),
      contact("acme", "bob", { email: "bob@acme.test", name: "Bob Baker" }),
      contact("bolt", "cid", { email: "cid@bolt.test", name: "Cid Cole" }),
    ],
    events: [
      ...logins("acme", GO_LIVE - 7, GO_LIVE - 1),
      ...logins("bolt", GO_LIVE - 39, GO_LIVE - 1),
    ],
  });
  await book.apply();
  const app = await testAppOver(store, { ...options, now: book.now });
  return Object.assign(app, { book });
}
