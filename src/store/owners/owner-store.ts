import type { OwnerStore } from "../../engine/ports.ts";
import type { Database } from "../db/database.ts";
import { handOver } from "./hand-over.ts";
import { givenMinutes, holdings, ownerNeeds } from "./owner-needs.ts";

export function ownerStore(db: Database): OwnerStore {
  return {
    needs: (filter) => ownerNeeds(db, filter),
    given: (until) => givenMinutes(db, until),
    holdings: (ids) => db.tx((tx) => holdings(tx, ids), { snapshot: true }),
    handOver: (changes, moment) => db.tx((tx) => handOver(tx, changes, moment)),
  };
}
