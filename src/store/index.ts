import type { Store } from "../engine/ports.ts";
import { accessStore } from "./access-store.ts";
import { accountStore } from "./account-store.ts";
import { changeStore } from "./changes/change-store.ts";
import { bulkStore } from "./bulk-store.ts";
import { byHandStore } from "./by-hand-store.ts";
import { idempotencyStore } from "./idempotency-store.ts";
import { privacyStore } from "./privacy-store.ts";
import { readingStore } from "./reading-store.ts";
import { appointmentStore } from "./appointments/appointment-store.ts";
import { archiveStore } from "./archive-store.ts";
import { auditStore } from "./audit-store.ts";
import { spreadNewTables } from "./citus/spread.ts";
import type { Database } from "./db/database.ts";
import { openDatabase } from "./db/open-database.ts";
import type { OpenDatabase } from "./db/open-database.ts";
import { serverPlace } from "./db/server-place.ts";
import { decisionStore } from "./decision-store.ts";
import { detailStore } from "./detail-store.ts";
import { draftStore } from "./draft-store.ts";
import { inAppStore } from "./in-app-store.ts";
import { historyStore } from "./reading/history.ts";
import { hitStore } from "./hit-store.ts";
import { gaugeStore } from "./gauge-store.ts";
import { ingestStore } from "./ingest/ingest-store.ts";
import { intakeStore } from "./intake-store.ts";
import { importRunStore } from "./import-run-store.ts";
import { leaseStore } from "./lease-store.ts";
import { migrate } from "./migrate.ts";
import { modelStore } from "./model-store.ts";
import { noteStore } from "./note-store.ts";
import { outboxStore } from "./outbox-store.ts";
import { ownerStore } from "./owners/owner-store.ts";
import { pauseStore } from "./pause-store.ts";
import { qualityStore } from "./quality-store.ts";
import { settingStore } from "./setting-store.ts";
import { personStore } from "./suppression-store.ts";
import { surveyStore } from "./survey-store.ts";
import { teamStore } from "./team-store.ts";
import { touchStore } from "./touch-store.ts";
import { viewStore } from "./view-store.ts";
import { webhookStore } from "./webhook-store.ts";

export { connectStore } from "./remote/connect-store.ts";
export { serveStore, type ServedStore } from "./remote/serve-store.ts";
export { StoreError } from "./store-error.ts";
export type { StoreErrorCode } from "./store-error.ts";

/**
 * Opens the embedded database in a folder, or a Postgres server, and brings its schema up to
 * date. Throws a StoreError (with `code` and `hint`) when it cannot be used. Whoever opens it
 * closes it.
 */
export async function openStore(options: OpenDatabase): Promise<Store> {
  const db = await openDatabase(options);
  try {
    await migrate(db);
    await spreadNewTables(db);
  } catch (error) {
    await db.close();
    throw error;
  }
  return storeOver(db, placeOf(options));
}

/** The store of an open database whose schema is up to date. */
export function storeOver(db: Database, place: string): Store {
  return {
    kind: db.kind,
    place,
    models: modelStore(db),
    changes: changeStore(db),
    drafts: draftStore(db),
    intake: intakeStore(db),
    accounts: accountStore(db),
    decisions: decisionStore(db),
    touches: touchStore(db),
    team: teamStore(db),
    settings: settingStore(db),
    audit: auditStore(db),
    access: accessStore(db),
    gauges: gaugeStore(db),
    persons: personStore(db),
    hits: hitStore(db),
    surveys: surveyStore(db),
    webhooks: webhookStore(db),
    archive: archiveStore(db),
    leases: leaseStore(db),
    outbox: outboxStore(db),
    owners: ownerStore(db),
    appointments: appointmentStore(db),
    ingest: ingestStore(db),
    views: viewStore(db),
    bulk: bulkStore(db),
    pauses: pauseStore(db),
    inApp: inAppStore(db),
    reading: readingStore(db),
    detail: detailStore(db),
    notes: noteStore(db),
    byHand: byHandStore(db),
    idempotency: idempotencyStore(db),
    privacy: privacyStore(db),
    importRuns: importRunStore(db),
    quality: qualityStore(db),
    history: historyStore(db),
    close: () => db.close(),
  };
}

/** The folder, or the server without its password. */
function placeOf({ databaseUrl, data = "" }: OpenDatabase): string {
  return databaseUrl === undefined || databaseUrl === "" ? data : serverPlace(databaseUrl);
}
