import { useEffect, useRef } from "react";
import { doesAnswer } from "./reach.ts";

const ASK_AGAIN_MS = 3_000;

/** While the server is away: asks now and then whether it is back, and then does it, without anybody's click. */
export function useOnceBack(isAway: boolean, run: () => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!isAway) return undefined;
    const timer = setInterval(() => {
      void doesAnswer().then((isBack) => isBack && latest.current());
    }, ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isAway]);
}
