import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { api, ask } from "../../lib/api.ts";
import { Problem } from "../../lib/problem.ts";
import { type ModelFiles, sameFiles } from "./model-files.ts";
import { draftQuery } from "./model-queries.ts";

/** What is live, as the server has it. */
export interface LiveFiles extends ModelFiles {
  readonly version: number | null;
}

export interface KeptDraft extends ModelFiles {
  readonly rev: number;
  readonly base: number | null;
}

export type Keeping = "kept" | "keeping" | "failed" | "conflict";

/** The model's files as they are being edited here, kept on the server while one types. */
export interface Workbench {
  readonly files: ModelFiles;
  readonly live: LiveFiles;
  /** The version that the edits were begun on. */
  readonly base: number | null;
  readonly canEdit: boolean;
  /** Something is other than what is live. */
  readonly isChanged: boolean;
  /** The model or its messages are: scenarios alone change nothing that is decided. */
  readonly isModelChanged: boolean;
  /** Somebody went live since the edits were begun. */
  readonly isOvertaken: boolean;
  readonly keeping: Keeping;
  readonly edit: (change: (files: ModelFiles) => ModelFiles) => void;
  readonly setSource: (source: string) => void;
  /** Back to what is live. */
  readonly discard: () => Promise<void>;
  /** Keeps the edits, to go live over the version that is live by now. */
  readonly rebase: () => void;
  /** Another window kept the draft: takes that one, or keeps this one over it. */
  readonly settle: (which: "theirs" | "mine") => Promise<void>;
}

const BREATH_MS = 800;
const AGAIN_MS = 5000;

interface Edited {
  readonly files: ModelFiles;
  readonly base: number | null;
}

export function useWorkbench(
  live: LiveFiles,
  draft: KeptDraft | null,
  canEdit: boolean,
): Workbench {
  const [edited, setEdited] = useState<Edited>(() =>
    draft
      ? { files: filesOf(draft), base: draft.base }
      : { files: filesOf(live), base: live.version },
  );
  const liveFiles = useMemo(() => filesOf(live), [live]);
  const isChanged = !sameFiles(edited.files, liveFiles);
  const { keeping, forget, settle } = useKeeping(edited, setEdited, draft, canEdit && isChanged);
  const wasLive = useRef(live);
  useEffect(() => {
    const before = wasLive.current;
    wasLive.current = live;
    // whoever has changed nothing goes along with what is live
    setEdited((now) =>
      sameFiles(now.files, filesOf(before)) ? { files: filesOf(live), base: live.version } : now,
    );
  }, [live]);
  const edit = useCallback(
    (change: (files: ModelFiles) => ModelFiles) =>
      setEdited((before) => ({ ...before, files: change(before.files) })),
    [],
  );
  return {
    files: edited.files,
    live,
    base: edited.base,
    canEdit,
    isChanged,
    isModelChanged: !sameFiles({ ...edited.files, scenarios: {} }, { ...liveFiles, scenarios: {} }),
    isOvertaken: isChanged && edited.base !== live.version,
    keeping,
    edit,
    setSource: useCallback((source: string) => edit((files) => ({ ...files, source })), [edit]),
    discard: async () => {
      // what is live by now, which may be newer than when this was called
      const { current } = wasLive;
      setEdited({ files: filesOf(current), base: current.version });
      await forget();
    },
    rebase: () => setEdited((before) => ({ ...before, base: live.version })),
    settle,
  };
}

/** Sends what was typed to the server after a breath, one at a time, and again where that failed. */
function useKeeping(
  edited: Edited,
  setEdited: (edited: Edited) => void,
  draft: KeptDraft | null,
  isWanted: boolean,
) {
  const queries = useQueryClient();
  const [keeping, setKeeping] = useState<Keeping>("kept");
  const [tries, setTries] = useState(0);
  const rev = useRef<number | null>(draft?.rev ?? null);
  const kept = useRef<Edited | null>(draft ? edited : null);
  const sending = useRef<Promise<void>>(Promise.resolve());
  const latest = useRef(edited);
  useEffect(() => {
    latest.current = edited;
  }, [edited]);

  const send = useCallback(async (): Promise<void> => {
    const { files, base } = latest.current;
    const one = latest.current;
    try {
      const body = { ...files, base, rev: rev.current };
      const answer = await ask(api.PUT("/api/models/draft", { body: body as never }));
      rev.current = answer.rev;
      kept.current = one;
      setKeeping(latest.current === one ? "kept" : "keeping");
    } catch (error) {
      const isConflict = error instanceof Problem && error.code === "changed-by-other";
      setKeeping(isConflict ? "conflict" : "failed");
    }
  }, []);

  useEffect(() => {
    if (!isWanted || keeping === "conflict" || isSame(kept.current, edited)) return undefined;
    setKeeping((before) => (before === "failed" ? before : "keeping"));
    const waiting = setTimeout(
      () => {
        sending.current = sending.current.then(send).then(() => setTries((count) => count + 1));
      },
      keeping === "failed" ? AGAIN_MS : BREATH_MS,
    );
    return () => {
      clearTimeout(waiting);
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- `tries`: once more after one that failed
  }, [edited, isWanted, keeping, tries, send]);

  const isUnsent = useRef(false);
  useEffect(() => {
    isUnsent.current = isWanted && keeping !== "conflict" && !isSame(kept.current, edited);
  });
  useEffect(
    () => () => {
      // who goes to another screen does not wait for the breath
      if (isUnsent.current) void sending.current.then(send);
    },
    [send],
  );

  useEffect(() => {
    if (keeping === "kept") return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => {
      removeEventListener("beforeunload", warn);
    };
  }, [keeping]);

  return {
    keeping: isWanted ? keeping : ("kept" as const),
    forget: async () => {
      await sending.current;
      if (rev.current !== null) await ask(api.DELETE("/api/models/draft"));
      rev.current = null;
      kept.current = null;
      setKeeping("kept");
      queries.removeQueries(draftQuery);
    },
    settle: async (which: "theirs" | "mine") => {
      const { draft: theirs } = await ask(api.GET("/api/models/draft"));
      rev.current = theirs?.rev ?? null;
      if (which === "theirs" && theirs) {
        const taken = { files: filesOf(theirs), base: theirs.base };
        kept.current = taken;
        setEdited(taken);
      }
      setKeeping(which === "theirs" ? "kept" : "keeping");
    },
  };
}

function isSame(a: Edited | null, b: Edited): boolean {
  return a !== null && a.base === b.base && sameFiles(a.files, b.files);
}

function filesOf({ source, messages, scenarios }: ModelFiles): ModelFiles {
  return { source, messages, scenarios };
}
