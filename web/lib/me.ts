import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { api, ask } from "./api.ts";

const LEVELS = ["csm", "leader", "ops", "admin"] as const;
export type Access = (typeof LEVELS)[number];

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: () => ask(api.GET("/api/me")),
  staleTime: 60_000,
});

export const workspaceQuery = queryOptions({
  queryKey: ["workspace"],
  queryFn: () => ask(api.GET("/api/workspace")),
  staleTime: 60_000,
});

export interface Me {
  /** As the audit log names them. */
  readonly name: string;
  /** Team member's id; null: the administrator. */
  readonly member: string | null;
  readonly access: Access;
  /** Each access level may all that those before it may: csm, leader, ops, admin. */
  may(access: Access): boolean;
  /** Whether an account or touch of this owner is theirs to change. */
  mayChange(owner: string | null | undefined): boolean;
}

/** Who is signed in. The server decides what they may do; this only says what to show. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(meQuery);
  const may = (access: Access): boolean => LEVELS.indexOf(data.access) >= LEVELS.indexOf(access);
  return {
    name: data.actor,
    member: data.member,
    access: data.access,
    may,
    mayChange: (owner) => may("leader") || (data.member !== null && owner === data.member),
  };
}

export function useWorkspace() {
  return useSuspenseQuery(workspaceQuery).data;
}
