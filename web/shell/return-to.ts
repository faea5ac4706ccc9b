import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";

const KEPT_AS = "touchstone-return-to";

/** Somebody came by a deep link and has to sign in first: the link is kept for afterwards. */
export function rememberPlace(): void {
  const { pathname, search } = window.location;
  if (pathname !== "/") localStorage.setItem(KEPT_AS, pathname + search);
}

/** After signing in one lands at the start: goes on to where one was going. */
export function useReturn(): void {
  const router = useRouter();
  useEffect(() => {
    const place = localStorage.getItem(KEPT_AS);
    if (place === null) return;
    localStorage.removeItem(KEPT_AS);
    if (place.startsWith("/") && !place.startsWith("//")) router.history.replace(place);
  }, [router]);
}
