import { useMemo, useState } from "react";

/** Which accounts are selected: some, or all that match. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly isAll: boolean;
  readonly has: (id: string) => boolean;
  readonly count: (total: number) => number;
  readonly toggle: (id: string) => void;
  readonly add: (ids: readonly string[]) => void;
  readonly all: () => void;
  readonly clear: () => void;
}

const NONE: ReadonlySet<string> = new Set();

/** Forgotten once other accounts are meant: `of` says which. */
export function useSelection(of: string): Selection {
  const [state, setState] = useState({ of, ids: NONE, isAll: false });
  const { ids, isAll } = state.of === of ? state : { ids: NONE, isAll: false };
  return useMemo(() => {
    const set = (next: ReadonlySet<string>): void => setState({ of, ids: next, isAll: false });
    return {
      ids,
      isAll,
      has: (id) => isAll || ids.has(id),
      count: (total) => (isAll ? total : ids.size),
      toggle: (id) => {
        const next = new Set(ids);
        if (!next.delete(id)) next.add(id);
        set(next);
      },
      add: (more) => set(new Set([...ids, ...more])),
      all: () => setState({ of, ids: NONE, isAll: true }),
      clear: () => set(NONE),
    };
  }, [of, ids, isAll]);
}
