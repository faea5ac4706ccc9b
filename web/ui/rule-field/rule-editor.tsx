import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  completionStatus,
  startCompletion,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { type Diagnostic, linter } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, keymap, placeholder as placeholderText } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { completeRule, type RuleFunction } from "./rule-completion.ts";
import { problemsIn, type RuleName } from "./rule-names.ts";

export interface RuleEditorProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly names: readonly RuleName[];
  readonly functions: readonly RuleFunction[];
  readonly autoFocus?: boolean;
  /** As it is being written, with what is wrong with it. */
  readonly onWrite: (text: string, problem: string | null) => void;
  /** Enter, or leaving the field. */
  readonly onDone: (text: string) => void;
}

const STYLE = EditorView.theme({
  "&": { fontSize: "13px", flex: "1", minWidth: "0" },
  "&.cm-focused": { outline: "none" },
  ".cm-content": {
    fontFamily: "var(--mantine-font-family-monospace)",
    padding: "5px 0",
    caretColor: "currentColor",
  },
  ".cm-cursor": { borderLeftColor: "currentColor" },
  ".cm-scroller": { overflowX: "auto", scrollbarWidth: "none" },
  ".cm-line": { padding: "0 2px" },
  ".cm-placeholder": { color: "var(--mantine-color-dimmed)" },
  ".cm-tooltip": {
    background: "var(--mantine-color-body)",
    border: "1px solid var(--ts-border)",
    borderRadius: "8px",
    overflow: "hidden",
  },
  ".cm-completionInfo": { padding: "6px 10px", maxWidth: "300px", whiteSpace: "pre-wrap" },
  ".cm-tooltip-autocomplete ul li": { padding: "3px 8px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    background: "var(--mantine-color-teal-light)",
    color: "var(--mantine-color-text)",
  },
  ".cm-completionDetail": { color: "var(--mantine-color-dimmed)" },
});

/** One line in which a rule is written, with completion and errors at the character. */
export function RuleEditor(props: RuleEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const { label, placeholder, value, names, functions, autoFocus } = props;

  useEffect(() => {
    if (!place.current) return;
    const tell = (text: string): void => {
      const [first] = problemsIn(text, names);
      latest.current.onWrite(
        text,
        first ? [first.message, first.hint].filter(Boolean).join(" ") : null,
      );
    };
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          STYLE,
          history(),
          closeBrackets(),
          placeholderText(placeholder),
          EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
          // one line: what is pasted with breaks becomes one
          EditorState.transactionFilter.of((tr) =>
            tr.newDoc.lines > 1
              ? [tr, { changes: breaksIn(tr.newDoc.toString()), sequential: true }]
              : tr,
          ),
          autocompletion({ override: [completeRule(names, functions)], icons: false }),
          linter((one) => diagnosticsOf(one, names), { delay: 250 }),
          Prec.highest(
            keymap.of([
              {
                key: "Enter",
                run: (one) => {
                  if (completionStatus(one.state) === "active" && acceptCompletion(one))
                    return true;
                  latest.current.onDone(one.state.doc.toString());
                  return true;
                },
              },
              {
                key: "Tab",
                run: (one) => completionStatus(one.state) === "active" && acceptCompletion(one),
              },
            ]),
          ),
          keymap.of([...defaultKeymap, ...historyKeymap]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) tell(update.state.doc.toString());
            if (update.focusChanged && !update.view.hasFocus)
              latest.current.onDone(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    if (autoFocus) {
      editor.focus();
      editor.dispatch({ selection: { anchor: editor.state.doc.length } });
      if (editor.state.doc.length === 0) startCompletion(editor);
    }
    return () => {
      view.current = null;
      editor.destroy();
    };
  }, [names, functions, label, placeholder, autoFocus]);

  // written elsewhere: clicked together, or another view
  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value || editor.hasFocus) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  return <div ref={place} style={{ flex: 1, minWidth: 0, display: "flex" }} />;
}

function breaksIn(text: string): { from: number; to: number; insert: string }[] {
  return [...text.matchAll(/\n/g)].map(({ index }) => ({
    from: index,
    to: index + 1,
    insert: " ",
  }));
}

function diagnosticsOf(view: EditorView, names: readonly RuleName[]): Diagnostic[] {
  const text = view.state.doc.toString();
  return problemsIn(text, names).map(({ start, end, message, hint }) => ({
    from: Math.min(start, text.length),
    to: Math.min(Math.max(end, start + 1), text.length),
    severity: "error" as const,
    message: hint === undefined ? message : `${message} ${hint}`,
  }));
}
