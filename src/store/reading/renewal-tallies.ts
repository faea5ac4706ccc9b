import type { RenewalTally } from "../../engine/ports.ts";
import type { Database } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";

const RENEWAL = new RecordShape<RenewalTally>({
  day: ["day", "day"],
  band: ["band", "text"],
  accounts: ["accounts", "int8"],
  revenue: ["revenue", "number"],
});

/** A decision is large and is taken apart once, for all that is read of it. */
export function renewalTallies(
  db: Database,
  renewal: string,
  revenue: string | null,
): Promise<RenewalTally[]> {
  return RENEWAL.read(
    db,
    "c",
    `FROM (SELECT (d.facts ->> $1)::date AS day, d.health ->> 'band' AS band, count(*) AS accounts,
         coalesce(sum(CASE WHEN json_typeof(d.facts -> $2) = 'number' THEN (d.facts ->> $2)::float8 END), 0)
           AS revenue
       FROM account_state s CROSS JOIN LATERAL json_to_record(s.decision) AS d(health json, facts json)
       WHERE s.decision IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2) c`,
    [renewal, revenue ?? ""],
  );
}
