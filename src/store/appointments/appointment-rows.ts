import { followTouch, mayCallOff } from "../../engine/appointments/follow-touch.ts";
import type { Appointment, AppointmentChange } from "../../engine/ports.ts";
import type { Touch } from "../../core/schedule/types.ts";
import type { Instant } from "../../core/time/day.ts";
import { bucketOf } from "../bucket.ts";
import type { Session } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";
import { queueOutgoing } from "../outbox/outgoing-rows.ts";

interface AppointmentRecord extends Pick<
  Appointment,
  "account" | "touch" | "uid" | "sequence" | "startsAt" | "status"
> {
  readonly bucket: number;
  readonly details: Omit<Appointment, keyof AppointmentRecord>;
}

const APPOINTMENT = new RecordShape<AppointmentRecord>({
  bucket: ["bucket", "int2"],
  account: ["account", "text"],
  touch: ["touch", "text"],
  uid: ["uid", "text"],
  sequence: ["sequence", "int4"],
  startsAt: ["starts_at", "instant"],
  status: ["status", "text"],
  details: ["details", "json"],
});

/** Appointments of touches; those that have none are left out. */
export async function readAppointments(
  session: Session,
  touches: readonly Pick<Touch, "account" | "key">[],
): Promise<Appointment[]> {
  const records = await APPOINTMENT.read(
    session,
    "p",
    `FROM appointment p JOIN unnest($1::int2[], $2::text[], $3::text[]) AS k (bucket, account, touch)
       ON p.bucket = k.bucket AND p.account = k.account AND p.touch = k.touch
     ORDER BY p.bucket, p.account, p.touch`,
    [
      touches.map(({ account }) => bucketOf(account)),
      touches.map(({ account }) => account),
      touches.map(({ key }) => key),
    ],
  );
  return records.map(({ details, account, touch, uid, sequence, startsAt, status }) => ({
    ...details,
    account,
    touch,
    uid,
    sequence,
    startsAt,
    status,
  }));
}

/** Appointments as they stand now, and the mails that say so, queued. */
export async function putAppointments(
  tx: Session,
  changes: readonly AppointmentChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ appointment }) => asRecord(appointment));
  await tx.q(
    `INSERT INTO appointment (${APPOINTMENT.names()}) SELECT ${APPOINTMENT.names("n.")} FROM ${APPOINTMENT.table("$1", "n")}
     ON CONFLICT (bucket, account, touch) DO UPDATE SET ${APPOINTMENT.updates("bucket", "account", "touch")}`,
    [APPOINTMENT.encode(rows)],
  );
  await queueOutgoing(
    tx,
    changes.flatMap(({ outgoing }) => outgoing),
  );
}

/**
 * Appointments of touches that were called off (or, by hand, put elsewhere) follow them in the
 * very same transaction, whoever changed the touch. The caller holds the accounts' locks.
 */
export async function followTouches(
  tx: Session,
  touches: readonly Touch[],
  at: Instant,
  options: { readonly byHand: boolean },
): Promise<void> {
  const concerned = touches.filter((touch) => (options.byHand ? touch.human : mayCallOff(touch)));
  if (concerned.length === 0) return;
  const appointments = await readAppointments(tx, concerned);
  const byKey = new Map(concerned.map((touch) => [`${touch.account}\n${touch.key}`, touch]));
  const changes = appointments.flatMap((appointment) => {
    const touch = byKey.get(`${appointment.account}\n${appointment.touch}`);
    const change = touch && followTouch(appointment, touch, at);
    return change ? [change] : [];
  });
  await putAppointments(tx, changes);
}

function asRecord(appointment: Appointment): AppointmentRecord {
  const { account, touch, uid, sequence, startsAt, status, ...details } = appointment;
  return { bucket: bucketOf(account), account, touch, uid, sequence, startsAt, status, details };
}
