import type { ReadingStore } from "../engine/ports.ts";
import type { Database } from "./db/database.ts";
import { accountPage, knownAccount } from "./reading/account-pages.ts";
import { auditPage } from "./reading/audit-pages.ts";
import { bookMarks, bookOf, bookRevs, bookRows } from "./reading/book-rows.ts";
import { contactPage, knownContact } from "./reading/contact-pages.ts";
import { decisionPage } from "./reading/past-decisions.ts";
import { timelinePage } from "./reading/timeline.ts";
import { wholeBook } from "./reading/whole-book.ts";
import { doneSince, toDo } from "./reading/to-do.ts";
import { touchPage } from "./reading/touch-pages.ts";
import { workPage } from "./reading/work-pages.ts";

export function readingStore(db: Database): ReadingStore {
  return {
    accounts: (filter, after, limit) => accountPage(db, filter, after, limit),
    account: (id, today) => knownAccount(db, id, today),
    contacts: (filter, after, limit) => contactPage(db, filter, after, limit),
    contact: (key, today) => knownContact(db, key, today),
    touches: (filter, after, limit) => touchPage(db, filter, after, limit),
    decisions: (account, after, limit) => decisionPage(db, account, after, limit),
    timeline: (account, filter, after, limit) => timelinePage(db, account, filter, after, limit),
    toDo: (filter, limit) => toDo(db, filter, limit),
    doneSince: (owners, since, limit) => doneSince(db, owners, since, limit),
    work: (after, limit) => workPage(db, after, limit),
    wholeBook: (inDetail) => wholeBook(db, inDetail),
    bookMarks: () => bookMarks(db),
    bookRevs: (buckets) => bookRevs(db, buckets),
    bookRows: (ids) => bookRows(db, ids),
    bookOf: (buckets) => bookOf(db, buckets),
    audit: (filter, after, limit) => auditPage(db, filter, after, limit),
  };
}
