import type { HistoryStore } from "../../engine/ports.ts";
import type { Database } from "../db/database.ts";
import { firstDecided, movedAccounts, standingMoves } from "./standings.ts";
import { talliedTouches, touchTallies } from "./touch-tallies.ts";

export function historyStore(db: Database): HistoryStore {
  return {
    moves: (of, days) => standingMoves(db, of, days),
    since: () => firstDecided(db),
    movedAccounts: (move, after, limit) => movedAccounts(db, move, after, limit),
    touchTallies: (from, to) => touchTallies(db, from, to),
    talliedTouches: (filter, after, limit) => talliedTouches(db, filter, after, limit),
  };
}
