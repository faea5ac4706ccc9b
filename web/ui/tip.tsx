import { cloneElement, type ReactElement } from "react";

interface TipProps {
  readonly label: string;
  readonly side?: "right";
  readonly disabled?: boolean;
  /** One element; what is not a button or a link should have a name of its own. */
  readonly children: ReactElement<object>;
}

/** Says in a word what an element is or does, under the pointer and with the focus (`TipHost` shows it). */
export function Tip({ label, side, disabled = false, children }: TipProps) {
  if (disabled) return children;
  return cloneElement(children, { "data-tip": label, "data-tip-side": side } as object);
}
