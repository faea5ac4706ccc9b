import { type Act, useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { tell } from "../../lib/tell.ts";
import { useText } from "../../text/text.ts";
import type { Account, SeenAccount } from "./account-queries.ts";

export type ChangeKind = "pin" | "unpin" | "stage" | "owner" | "trait" | "start" | "stop";

/** What somebody wants to be otherwise. */
export interface Change {
  readonly kind: ChangeKind;
  /** The level, stage, member, program or trait. */
  readonly what: string | null;
  /** A trait's new value. */
  readonly value?: string | number | boolean | null;
  readonly until?: string | null;
  readonly reason: string;
  /** Of the account that they had before their eyes. */
  readonly etag: string;
  /** Where it stood then: what came of the change is told from there. */
  readonly before: Where;
}

type Where = Pick<Account, "level" | "stage">;

type Moved = readonly { readonly from: string | null; readonly to: string | null }[];

/** Changes an account by hand, says how it moved, and puts back what was shown when refused. */
export function useChange(
  id: string,
  done: () => void,
  refused: (problem: Error) => void,
): Act<Change, Moved> {
  const t = useText("account");
  return useAct<Change, Moved>({
    run: (change, key) => send(id, change, key),
    optimistic: (change, put) =>
      put<SeenAccount>(["account", id, "head"], (seen) => ({
        ...seen,
        account: { ...seen.account, ...shown(change) },
      })),
    refresh: [["account", id], ["today"], ["portfolio"]],
    onRefused: (problem) => {
      refused(problem);
      // the form itself shows why, with all that was typed
      return true;
    },
    onDone: (moved) => {
      done();
      const told = moved.map(({ from, to }) => `${from ?? "–"} -> ${to ?? "–"}`);
      tell({
        title: t("changed"),
        message: told.length > 0 ? t("moved", { how: told.join(", ") }) : t("notMoved"),
      });
    },
  });
}

/** Answers how it moved: the worker may have decided before the request itself could, so both ends are looked at. */
async function send(account: string, change: Change, key: string): Promise<Moved> {
  const params = { path: { account } };
  await put(params, change, key);
  return movedBetween(change.before, await ask(api.GET("/api/accounts/{account}", { params })));
}

function put(
  params: { readonly path: { readonly account: string } },
  change: Change,
  key: string,
): Promise<unknown> {
  const { kind, reason, etag } = change;
  const what = change.what ?? "";
  const ofProgram = {
    params: { path: { ...params.path, program: what } },
    body: { reason },
    headers: idempotent(key),
  };
  const ifSeen = { "If-Match": etag };
  switch (kind) {
    case "pin": {
      const body = { level: what, until: change.until ?? null, reason };
      return ask(api.PUT("/api/accounts/{account}/pin", { params, body }));
    }
    case "unpin":
      return ask(api.PUT("/api/accounts/{account}/unpin", { params, body: { reason } }));
    case "stage":
      return ask(
        api.PUT("/api/accounts/{account}/stage", { params, body: { stage: what, reason } }),
      );
    case "start":
      return ask(api.POST("/api/accounts/{account}/programs/{program}/start", ofProgram));
    case "stop":
      return ask(api.POST("/api/accounts/{account}/programs/{program}/stop", ofProgram));
    case "owner": {
      const body = { owner: change.what, reason };
      return ask(api.PATCH("/api/accounts/{account}", { params, body, headers: ifSeen }));
    }
    case "trait": {
      const body = { traits: { [what]: change.value ?? null }, reason };
      return ask(api.PATCH("/api/accounts/{account}", { params, body, headers: ifSeen }));
    }
  }
}

function movedBetween(before: Where, after: Where): Moved {
  return [
    { from: before.level, to: after.level },
    { from: before.stage, to: after.stage },
  ].filter(({ from, to }) => from !== to);
}

/** What the change makes of the account as far as the screen can know. */
function shown({ kind, what }: Change): Partial<Account> {
  if (kind === "pin") return { level: what, pinned: true };
  if (kind === "unpin") return { pinned: false };
  if (kind === "stage") return { stage: what };
  return kind === "owner" ? { owner: what } : {};
}
