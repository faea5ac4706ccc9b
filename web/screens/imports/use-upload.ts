import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask, idempotent } from "../../lib/api.ts";
import { Problem } from "../../lib/problem.ts";
import {
  type FileReading,
  keptState,
  mappingBody,
  type MappingState,
  safeFileName,
  suggestedState,
  type ImportKind,
  type UploadPreview,
} from "./mapping-state.ts";

/** A file on its way in: sent, looked at, tried, imported. One that the server has let go is sent again. */
export function useUpload(wanted: ImportKind | undefined) {
  const [file, setFile] = useState<File | null>(null);
  const [preview, setPreview] = useState<UploadPreview | null>(null);
  const [state, setState] = useState<MappingState | null>(null);
  const send = useAct({
    run: (one: File, key) => sendFile(one, key),
    onDone: (seen, one) => {
      setFile(one);
      setPreview(seen);
      setState(suggestedState(seen, wanted ?? seen.guess));
      check.clear();
    },
  });
  const reread = useAct({
    run: (csv: FileReading, key) =>
      again((upload) =>
        ask(
          api.POST("/api/imports/uploads/{upload}/preview", {
            params: { path: { upload } },
            body: { csv },
            headers: idempotent(`${key}-${upload}`),
          }),
        ),
      ),
    onDone: (seen, csv) => {
      setPreview(seen);
      setState((before) => (before ? keptState({ ...before, csv }, seen) : before));
      check.clear();
    },
  });
  const [checked, setChecked] = useState<Awaited<ReturnType<typeof tryIt>> | null>(null);
  const trial = useAct({
    run: (mapping: MappingState, key) => again((upload) => tryIt(upload, mapping, key)),
    onDone: setChecked,
  });
  const check = { clear: () => setChecked(null) };
  const bring = useAct({
    run: (mapping: MappingState, key) =>
      again((upload) =>
        ask(
          api.POST("/api/imports/uploads/{upload}/import", {
            params: { path: { upload } },
            body: mappingBody(mapping),
            headers: idempotent(`${key}-${upload}`),
          }),
        ),
      ),
    refresh: [["imports"], ["first-run"]],
  });

  async function again<Answer>(run: (upload: string) => Promise<Answer>): Promise<Answer> {
    if (!preview || !file) throw new Error("there is no file");
    try {
      return await run(preview.upload);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "upload-gone") throw error;
      const { upload } = await sendFile(file, crypto.randomUUID());
      setPreview({ ...preview, upload });
      return run(upload);
    }
  }

  return {
    preview,
    state,
    checked,
    isSending: send.isBusy,
    isTrying: trial.isBusy,
    isBringing: bring.isBusy,
    isReading: reread.isBusy,
    send: (one: File) => send.act(one),
    say: (next: MappingState) => {
      setState(next);
      setChecked(null);
    },
    reread: (csv: FileReading) => reread.act(csv),
    tryIt: () => state && trial.act(state),
    bring: async () => (state ? (await bring.actAsync(state)).run : null),
    clear: () => {
      setFile(null);
      setPreview(null);
      setState(null);
      setChecked(null);
    },
  };
}

function tryIt(upload: string, mapping: MappingState, key: string) {
  return ask(
    api.POST("/api/imports/uploads/{upload}/check", {
      params: { path: { upload } },
      body: mappingBody(mapping),
      headers: idempotent(`${key}-${upload}`),
    }),
  );
}

/** Not by the typed client: the body is the file itself. */
async function sendFile(file: File, key: string): Promise<UploadPreview> {
  const name = encodeURIComponent(safeFileName(file.name));
  return ask<UploadPreview>(
    fetch(`/api/imports/uploads?name=${name}`, {
      method: "POST",
      body: file,
      headers: { "content-type": "application/octet-stream", ...idempotent(key) },
    }).then(async (response) => {
      const body: unknown = await response.json().catch(() => null);
      return response.ok ? { data: body as UploadPreview, response } : { error: body, response };
    }),
  );
}
