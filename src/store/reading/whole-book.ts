import type { BookAccount, BookPage, BookTouch } from "../../engine/ports.ts";
import { BUCKETS } from "../bucket.ts";
import type { Database } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";

/** Buckets read at once: pages of a few megabytes also in a book of a hundred thousand accounts. */
const BUCKETS_AT_ONCE = 4;

const ACCOUNT = new RecordShape<BookAccount>({
  id: ["id", "text"],
  name: ["name", "text"],
  owner: ["owner", "text"],
  decidedOn: ["decided_on", "day"],
  decidedModel: ["decided_model", "int4"],
  waiting: ["waiting", "bool"],
  state: ["state", "json"],
  facts: ["facts", "json"],
  builtIns: ["built_ins", "json"],
});

const TOUCH = new RecordShape<BookTouch>({
  account: ["account", "text"],
  touchpoint: ["touchpoint", "text"],
  program: ["program", "text"],
  contact: ["contact", "text"],
  due: ["due", "day"],
  channel: ["channel", "text"],
  by: ["done_by", "text"],
  owner: ["owner", "text"],
  human: ["human", "bool"],
  must: ["must", "bool"],
  minutes: ["minutes", "number"],
  purpose: ["purpose", "text"],
  priority: ["priority", "text"],
  status: ["status", "text"],
  email: ["email", "text"],
});

/** The whole book, read once along its keys: of each account what was decided, and no events. */
export async function* wholeBook(db: Database): AsyncGenerator<BookPage> {
  for (let bucket = 0; bucket < BUCKETS; bucket += BUCKETS_AT_ONCE) {
    const page = await db.tx(
      async (tx): Promise<BookPage> => {
        const range = [bucket, bucket + BUCKETS_AT_ONCE];
        const accounts = await ACCOUNT.read(
          tx,
          "b",
          `FROM (SELECT a.id, a.name, a.owner, a.decided_on, a.decided_model, a.waiting, s.state,
               s.decision -> 'facts' AS facts, s.decision -> 'built_ins' AS built_ins
             FROM account a LEFT JOIN account_state s ON s.bucket = a.bucket AND s.account = a.id
             WHERE a.bucket >= $1 AND a.bucket < $2 ORDER BY a.bucket, a.id) b`,
          range,
        );
        const touches = await TOUCH.read(
          tx,
          "b",
          `FROM (SELECT t.*, c.email FROM touch t
             LEFT JOIN contact c ON c.bucket = t.bucket AND c.account = t.account AND c.id = t.contact
             WHERE t.bucket >= $1 AND t.bucket < $2 AND t.status IN ('planned', 'due', 'deferred')) b`,
          range,
        );
        return { accounts, touches };
      },
      { snapshot: true },
    );
    if (page.accounts.length > 0) yield page;
  }
}
