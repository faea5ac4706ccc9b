import { type Ref, type RefObject, useLayoutEffect } from "react";

interface AnchorAtProps {
  readonly at: RefObject<HTMLElement | null>;
  /** Given by the library: where it expects the element that a pop-up belongs to. */
  readonly ref?: Ref<HTMLElement>;
}

/** Stands in for a button that is already on the page, so that it need not be drawn anew. */
export function AnchorAt({ at, ref }: AnchorAtProps): null {
  useLayoutEffect(() => {
    if (typeof ref === "function") {
      const undo = ref(at.current);
      return () => {
        if (typeof undo === "function") undo();
        else ref(null);
      };
    }
    if (ref) ref.current = at.current;
    return undefined;
  }, [at, ref]);
  return null;
}
