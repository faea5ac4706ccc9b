import { type ComponentType, type ReactNode, Suspense, useEffect, useState } from "react";
import { Unreachable } from "../lib/problem.ts";
import { isReachable, useLiveStatus } from "../lib/live.ts";
import { doesAnswer } from "../lib/reach.ts";
import { Failed } from "./failed.tsx";

export interface Later<Props extends object> {
  (props: Props): ReactNode;
  /** Fetches it before it is shown; one that fails is tried again once it is. */
  readonly preload: () => Promise<void>;
}

/**
 * A part of a screen whose code comes when it is first shown, or before, by `preload`. Until then
 * `meanwhile` stands in its place; when it cannot be loaded it says so there, and it is tried again
 * once there is a connection or somebody asks for it.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  meanwhile: ReactNode | ((props: Props) => ReactNode) = null,
): Later<Props> {
  let there: ComponentType<Props> | null = null;
  let loading: Promise<void> | null = null;
  const getIt = async (): Promise<void> => {
    // a browser asks for a part once only: one that failed is gone until the page is loaded anew
    if (!(await isReachable())) throw new Error("there is no connection");
    there = await load();
  };
  const fetchIt = (): Promise<void> => {
    loading ??= getIt().catch((error: unknown) => {
      loading = null;
      throw new Unreachable(error);
    });
    return loading;
  };
  function Part(props: Props): ReactNode {
    const [error, setError] = useState<Error | null>(null);
    const [isThere, setThere] = useState(there !== null);
    useEffect(() => {
      if (isThere || error) return undefined;
      let isWanted = true;
      fetchIt().then(
        () => isWanted && setThere(true),
        (problem: unknown) => isWanted && setError(problem as Error),
      );
      return () => {
        isWanted = false;
      };
    }, [isThere, error]);
    const status = useLiveStatus();
    const [was, setWas] = useState(status);
    if (status !== was) {
      setWas(status);
      if (status === "live") setError(null);
    }
    const retry = async (): Promise<void> => {
      try {
        await fetchIt();
        setError(null);
      } catch {
        if (await doesAnswer()) window.location.reload();
      }
    };
    if (error) return <Failed error={error} retry={() => void retry()} />;
    const Loaded = there;
    const before = typeof meanwhile === "function" ? meanwhile(props) : meanwhile;
    if (!isThere || !Loaded) return before;
    return (
      <Suspense fallback={before}>
        <Loaded {...props} />
      </Suspense>
    );
  }
  return Object.assign(Part, { preload: () => fetchIt().catch(() => undefined) });
}

const QUIET_MS = 1_500;

/** Fetches what is likely to be wanted soon, once the screen stands and the browser has nothing else to do. */
export function usePreload(...parts: readonly { readonly preload: () => unknown }[]): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      const whenIdle = window.requestIdleCallback ?? ((run: () => void) => run());
      whenIdle(() => {
        for (const part of parts) void part.preload();
      });
    }, QUIET_MS);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- a screen's parts are always the same
  }, []);
}

/** Whether it was so once: what was opened stays, closed, so that it can go out and come again. */
export function useEver(is: boolean): boolean {
  const [was, setWas] = useState(is);
  if (is && !was) setWas(true);
  return was || is;
}
