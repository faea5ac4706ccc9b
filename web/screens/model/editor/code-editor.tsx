import { autocompletion, type CompletionContext, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  foldGutter,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import {
  EditorView,
  highlightActiveLine,
  hoverTooltip,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { useEffect, useRef } from "react";
import { complete, type Offer } from "./complete.ts";
import { HIGHLIGHT } from "./highlight.ts";
import { placeAt } from "./place-at.ts";
import { partsAt } from "./schema-at.ts";

export interface Mark {
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly hint?: string | undefined;
}

export interface CodeEditorProps {
  readonly label: string;
  readonly text: string;
  readonly onChange?: ((text: string) => void) | undefined;
  readonly isYaml: boolean;
  readonly isReadOnly: boolean;
  readonly marks: readonly Mark[];
  /** Of the model's own file: what may be written where. */
  readonly schema?: unknown;
  readonly templates?: readonly string[];
  /** Where to go; another object each time. */
  readonly place?: { readonly line: number; readonly column?: number | undefined } | null;
}

/** A text with its faults at their characters; for the model with completion and what each key means. */
export function CodeEditor(props: CodeEditorProps) {
  const { label, text, isYaml, isReadOnly, marks, place } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const editable = useRef(new Compartment());

  useEffect(() => {
    if (!host.current) return undefined;
    const shown = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: extensions(latest, editable.current, isYaml, label),
      }),
    });
    view.current = shown;
    return () => {
      shown.destroy();
      view.current = null;
    };
  }, [isYaml, label]);

  useEffect(() => {
    view.current?.dispatch({ effects: editable.current.reconfigure(readOnly(isReadOnly)) });
  }, [isReadOnly]);

  useEffect(() => {
    if (view.current) replaceText(view.current, text);
  }, [text]);

  useEffect(() => {
    const shown = view.current;
    if (shown) shown.dispatch(setDiagnostics(shown.state, diagnosticsOf(shown.state, marks)));
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another text, put there from outside, loses the marks
  }, [marks, text]);

  useEffect(() => {
    const shown = view.current;
    if (!shown || !place) return;
    const at = offsetOf(shown.state, place.line, place.column ?? 1);
    shown.dispatch({
      selection: { anchor: at },
      effects: EditorView.scrollIntoView(at, { y: "center" }),
    });
    shown.focus();
  }, [place]);

  return <div ref={host} className="code-editor" />;
}

type Latest = { readonly current: CodeEditorProps };

function extensions(latest: Latest, editable: Compartment, isYaml: boolean, label: string) {
  return [
    lineNumbers(),
    lintGutter(),
    foldGutter(),
    history(),
    search({ top: true }),
    indentOnInput(),
    bracketMatching(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    syntaxHighlighting(HIGHLIGHT),
    editable.of(readOnly(latest.current.isReadOnly)),
    EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
    keymap.of([
      ...completionKeymap,
      ...lintKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !update.transactions.some((one) => one.isUserEvent("set")))
        latest.current.onChange?.(update.state.doc.toString());
    }),
    ...(isYaml
      ? [
          yaml(),
          autocompletion({ override: [(context) => offersFor(context, latest)] }),
          hoverTooltip((shown, at) => meaningAt(shown, at, latest)),
        ]
      : [EditorView.lineWrapping]),
  ];
}

function readOnly(isReadOnly: boolean) {
  return [EditorState.readOnly.of(isReadOnly)];
}

/** Only what differs is replaced, so that the cursor stays where it is. */
function replaceText(view: EditorView, text: string): void {
  const old = view.state.doc.toString();
  if (old === text) return;
  let start = 0;
  while (start < old.length && old[start] === text[start]) start += 1;
  let [oldEnd, newEnd] = [old.length, text.length];
  while (oldEnd > start && newEnd > start && old[oldEnd - 1] === text[newEnd - 1]) {
    oldEnd -= 1;
    newEnd -= 1;
  }
  view.dispatch({
    changes: { from: start, to: oldEnd, insert: text.slice(start, newEnd) },
    userEvent: "set",
  });
}

function diagnosticsOf(state: EditorState, marks: readonly Mark[]): Diagnostic[] {
  return marks.map(({ line, column, endColumn, severity, message, hint }) => {
    const from = offsetOf(state, line, column);
    const to = Math.max(from, offsetOf(state, line, endColumn));
    return { from, to, severity, message: hint === undefined ? message : `${message}\n${hint}` };
  });
}

function offsetOf({ doc }: EditorState, line: number, column: number): number {
  const found = doc.line(Math.min(Math.max(1, line), doc.lines));
  return Math.min(found.from + Math.max(0, column - 1), found.to);
}

function offersFor({ state, pos, explicit }: CompletionContext, latest: Latest) {
  const { schema, templates = [] } = latest.current;
  if (!schema) return null;
  const before = state.sliceDoc(Math.max(0, pos - 1), pos);
  if (!explicit && !/[\w."[{, ]/.test(before)) return null;
  const found = complete(state.doc.toString(), pos, schema, templates);
  if (!found || (!explicit && found.from === pos && !/["[{]/.test(before))) return null;
  return {
    from: found.from,
    validFor: /^[\w.:]*$/,
    options: found.offers.map(({ label, kind, detail, apply }) => ({
      label,
      type: TYPES[kind],
      ...(detail === undefined ? {} : { info: detail }),
      ...(apply === undefined ? {} : { apply }),
    })),
  };
}

const TYPES: Readonly<Record<Offer["kind"], string>> = {
  key: "property",
  name: "variable",
  function: "function",
  word: "enum",
};

function meaningAt(view: EditorView, at: number, latest: Latest) {
  const { schema } = latest.current;
  if (!schema) return null;
  const line = view.state.doc.lineAt(at);
  const word = /[\w]+(?=["']?\s*:)/g;
  const found = [...line.text.matchAll(word)].find(
    ({ index, 0: text }) => at >= line.from + index && at <= line.from + index + text.length,
  );
  if (!found) return null;
  const from = line.from + found.index;
  const { path, at: what } = placeAt(view.state.doc.toString(), from);
  const own = what === "key" ? [...path, found[0]] : path;
  const part = partsAt(schema, own).find(({ description }) => description !== undefined);
  if (!part) return null;
  return {
    pos: from,
    end: from + found[0].length,
    create: () => {
      const dom = document.createElement("div");
      dom.className = "code-meaning";
      dom.textContent = part.description ?? "";
      return { dom };
    },
  };
}
