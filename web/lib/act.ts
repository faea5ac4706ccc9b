import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useText } from "../text/text.ts";
import { Problem, Unreachable } from "./problem.ts";
import { tell } from "./tell.ts";

interface Action<Input, Answer> {
  /** Asks the server. `key` is for `idempotent(key)`: the same for each try of one action. */
  readonly run: (input: Input, key: string) => Promise<Answer>;
  /** What the screen shows at once; it is put back when the server refuses. */
  readonly optimistic?: (input: Input, change: ChangeData) => void;
  /** Queries to ask again afterwards. */
  readonly refresh?: readonly QueryKey[];
  readonly onDone?: (answer: Answer, input: Input) => void;
  /** Return true where the screen itself shows why it was refused. */
  readonly onRefused?: (problem: Error, input: Input) => boolean | void;
}

/** Changes what is cached under all queries that begin with the key. */
export type ChangeData = <Data>(key: QueryKey, change: (data: Data) => Data) => void;

export interface Act<Input, Answer> {
  act(input: Input): void;
  /** As `act`, for whoever needs the answer; throws what was refused, after telling of it. */
  actAsync(input: Input): Promise<Answer>;
  readonly isBusy: boolean;
  readonly error: Error | null;
}

/**
 * Does something on the server: shown at once where `optimistic` says how, put back and explained
 * when refused, sent under one idempotency key so that a repetition does nothing twice.
 */
export function useAct<Input = void, Answer = unknown>(
  action: Action<Input, Answer>,
): Act<Input, Answer> {
  const queries = useQueryClient();
  const t = useText("common");
  const keys = useRef(new WeakMap<object, string>());
  const mutation = useMutation<Answer, Error, { readonly input: Input }, readonly Kept[]>({
    retry: (count, error) => error instanceof Unreachable && count < 3,
    mutationFn: (one) => action.run(one.input, keyOf(keys.current, one)),
    onMutate: async ({ input }) => {
      const kept: Kept[] = [];
      if (!action.optimistic) return kept;
      const waiting: Promise<void>[] = [];
      action.optimistic(input, <Data>(key: QueryKey, change: (data: Data) => Data) => {
        waiting.push(queries.cancelQueries({ queryKey: key }));
        for (const [queryKey, data] of queries.getQueriesData<Data>({ queryKey: key })) {
          if (data === undefined) continue;
          kept.push({ queryKey, data });
          queries.setQueryData(queryKey, change(data));
        }
      });
      await Promise.all(waiting);
      return kept;
    },
    onError: (error, { input }, kept) => {
      for (const { queryKey, data } of (kept ?? []).toReversed())
        queries.setQueryData(queryKey, data);
      if (action.onRefused?.(error, input) === true) return;
      showRefusal(error, t);
    },
    onSuccess: (answer, { input }) => action.onDone?.(answer, input),
    onSettled: async () => {
      await Promise.all(
        (action.refresh ?? []).map((queryKey) => queries.invalidateQueries({ queryKey })),
      );
    },
  });
  return {
    act: (input) => mutation.mutate({ input }),
    actAsync: (input) => mutation.mutateAsync({ input }),
    isBusy: mutation.isPending,
    error: mutation.error,
  };
}

interface Kept {
  readonly queryKey: QueryKey;
  readonly data: unknown;
}

function keyOf(keys: WeakMap<object, string>, one: object): string {
  const known = keys.get(one);
  if (known !== undefined) return known;
  const made = crypto.randomUUID();
  keys.set(one, made);
  return made;
}

type Words = (key: "notDone" | "unreachable" | "tryAgain" | "signedOut") => string;

function whyRefused(error: Error, t: Words): string {
  if (error instanceof Unreachable) return `${t("unreachable")} ${t("tryAgain")}`;
  if (!(error instanceof Problem)) return `${error.message} ${t("tryAgain")}`;
  // what the server says then is for those who write programs
  if (error.status === 401) return t("signedOut");
  return [error.message, error.hint].filter(Boolean).join(" ");
}

/** Says that something was not done, why, and what to do; stays until it is closed. */
export function showRefusal(error: Error, t: Words): void {
  tell({
    color: "red",
    title: t("notDone"),
    message: whyRefused(error, t),
    stays: true,
    role: "alert",
  });
}
