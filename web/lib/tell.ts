interface Told {
  readonly title?: string;
  readonly message?: string;
  /** Red for what went wrong. */
  readonly color?: "teal" | "red";
  readonly role?: "status" | "alert";
  /** Stays until it is closed. */
  readonly stays?: boolean;
}

export interface Notice extends Told {
  readonly id: number;
}

let notices: readonly Notice[] = [];
let last = 0;
const watchers = new Set<() => void>();

function put(next: readonly Notice[]): void {
  notices = next;
  for (const watcher of watchers) watcher();
}

/** Says in a corner of the screen what was done, or was not. */
export function tell(told: Told): void {
  last += 1;
  put([...notices, { ...told, id: last }]);
}

/** What is being told; `shell/notices.tsx` shows it. */
export const telling = {
  now: (): readonly Notice[] => notices,
  watch: (watcher: () => void): (() => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  },
  close: (id: number): void => put(notices.filter((one) => one.id !== id)),
};
