import { notifications } from "@mantine/notifications";
import { type Act, useAct } from "../../lib/act.ts";
import type { components } from "../../lib/api-types.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
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
}

type Moved = readonly components["schemas"]["Movement"][];

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
      const told = moved.flatMap(({ from, to }) => [
        ...(from.level === to.level ? [] : [`${from.level ?? "–"} -> ${to.level ?? "–"}`]),
        ...(from.stage === to.stage ? [] : [`${from.stage ?? "–"} -> ${to.stage ?? "–"}`]),
      ]);
      notifications.show({
        color: "teal",
        title: t("changed"),
        message: told.length > 0 ? t("moved", { how: told.join(", ") }) : t("notMoved"),
      });
    },
  });
}

async function send(account: string, change: Change, key: string): Promise<Moved> {
  const { kind, reason, etag } = change;
  const what = change.what ?? "";
  const params = { path: { account } };
  switch (kind) {
    case "pin":
      return (
        await ask(
          api.PUT("/api/accounts/{account}/pin", {
            params,
            body: { level: what, until: change.until ?? null, reason },
          }),
        )
      ).moved;
    case "unpin":
      return (await ask(api.PUT("/api/accounts/{account}/unpin", { params, body: { reason } })))
        .moved;
    case "stage":
      return (
        await ask(
          api.PUT("/api/accounts/{account}/stage", { params, body: { stage: what, reason } }),
        )
      ).moved;
    case "start":
    case "stop": {
      const of = { path: { account, program: what } };
      const asked = { params: of, body: { reason }, headers: idempotent(key) };
      const answer =
        kind === "start"
          ? api.POST("/api/accounts/{account}/programs/{program}/start", asked)
          : api.POST("/api/accounts/{account}/programs/{program}/stop", asked);
      return (await ask(answer)).moved;
    }
    case "owner":
    case "trait": {
      const body =
        kind === "owner"
          ? { owner: change.what, reason }
          : { traits: { [what]: change.value ?? null }, reason };
      const before = await ask(api.GET("/api/accounts/{account}", { params }));
      const after = await ask(
        api.PATCH("/api/accounts/{account}", { params, body, headers: { "If-Match": etag } }),
      );
      return movedBetween(before, after);
    }
  }
}

function movedBetween(before: Account, after: Account): Moved {
  const from = { level: before.level, stage: before.stage };
  const to = { level: after.level, stage: after.stage };
  const isSame = from.level === to.level && from.stage === to.stage;
  return isSame ? [] : [{ account: after.id, name: after.name, from, to }];
}

/** What the change makes of the account as far as the screen can know. */
function shown({ kind, what }: Change): Partial<Account> {
  if (kind === "pin") return { level: what, pinned: true };
  if (kind === "unpin") return { pinned: false };
  if (kind === "stage") return { stage: what };
  return kind === "owner" ? { owner: what } : {};
}
