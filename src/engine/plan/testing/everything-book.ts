import { shareHash } from "../../../core/text/share-hash.ts";
import { formatDay } from "../../../core/time/day.ts";
import type { ModelFiles } from "../../check-model.ts";
import { account, type Book, contact, GO_LIVE, login } from "../../testing/book.ts";
import type { Books } from "../../testing/books.ts";

export const ACCOUNTS = 30;

export const everythingFiles = (source: string): ModelFiles => ({
  file: "model.yaml",
  source,
  messages: { "hello.en": "subject: Hello\n\nHello.", "renew.en": "subject: Renew\n\nRenew." },
});

/** A book of customers with contacts, owners and news, in which the edited model does a bit of everything. */
export async function everythingBook(books: Books): Promise<Book> {
  const book = await books.book();
  const rows = Array.from({ length: ACCOUNTS }, (_, place) => {
    const id = `a${place}`;
    const pick = (salt: number, of: number): number =>
      Math.floor(shareHash(`${place}/${salt}`) * of);
    return {
      account: account(id, {
        name: `Account ${place}`,
        ...(pick(1, 3) === 0 ? {} : { owner: pick(2, 2) === 0 ? "ann" : "bob" }),
        createdAt: GO_LIVE - pick(3, 120),
        traits: {
          arr: pick(4, 11) === 0 ? null : pick(5, 1200),
          plan: pick(6, 2) === 0 ? "free" : "pro",
          champion: pick(7, 2) === 0,
          ...(pick(8, 3) === 0 ? {} : { seats: 1 + pick(9, 20) }),
          renewal_date: formatDay(GO_LIVE + pick(10, 70)),
        },
      }),
      contacts: Array.from({ length: pick(11, 4) }, (_unused, n) =>
        contact(id, `${id}-${n}`, {
          email: n === 0 ? "shared@x.test" : `${id}${n}@x.test`,
          role: ["admin", "user", "guest"][(place + n) % 3] ?? null,
        }),
      ),
      events: Array.from({ length: pick(12, 6) }, (_unused, n) => login(id, GO_LIVE - 1 - 2 * n)),
    };
  });
  await book.import({
    accounts: rows.map((one) => one.account),
    contacts: rows.flatMap((one) => one.contacts),
    events: rows.flatMap((one) => one.events),
    team: [member("ann"), member("bob")],
  });
  return book;
}

function member(id: string) {
  return {
    id,
    name: id,
    email: null,
    role: "CSM",
    access: null,
    hoursPerWeek: 20,
    pod: "north",
    timezone: null,
    region: null,
    languages: [],
    skills: [],
    startsOn: null,
    leave: [],
    outcome: {},
  };
}
