import type { InAppMessage } from "../src/core/in-app/types.ts";

/** What a user can do with a message that is shown. */
export interface Acts {
  /** Followed its link or pressed its button, which ends it. */
  readonly click: () => void;
  /** Followed a link in what it says: it stays. */
  readonly follow: () => void;
  readonly dismiss: () => void;
  readonly tick: (item: number) => void;
  /** There is nothing more to do: it goes without being turned down. */
  readonly finish: () => void;
  /** It cannot be shown at present (what it points at is gone): it waits again. */
  readonly leave: () => void;
}

/** A message on the page. */
export interface View {
  readonly element: HTMLElement;
  /** Called once the element is on the page. */
  readonly opened?: () => void;
  readonly closed?: () => void;
}

/** Makes a message visible; null: not now. One file each under kinds/. */
export type Kind = (message: InAppMessage, acts: Acts) => View | null;
