import { useEffect, useState } from "react";

/** Comes closed and is opened then: the library gives focus back only to what it saw before. */
export function useOpenedHere(isOpen: boolean): boolean {
  const [isHere, setHere] = useState(false);
  // oxlint-disable-next-line react/set-state-in-effect -- that it comes a moment later is what it is for
  useEffect(() => setHere(true), []);
  return isOpen && isHere;
}
