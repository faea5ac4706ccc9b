import { unifiedMergeView } from "@codemirror/merge";
import { yaml } from "@codemirror/lang-yaml";
import { syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { useText } from "../../../text/text.ts";
import { HIGHLIGHT } from "../editor/highlight.ts";

interface TextDifferenceProps {
  readonly before: string;
  readonly after: string;
}

/** Two texts line by line; what is alike on both sides is folded away. */
export function TextDifference({ before, after }: TextDifferenceProps) {
  const t = useText("model");
  const label = t("byLine");
  const unchanged = t("unchangedLines");
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current) return undefined;
    const view = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: after,
        extensions: [
          EditorState.phrases.of({ "$ unchanged lines": unchanged }),
          lineNumbers(),
          yaml(),
          syntaxHighlighting(HIGHLIGHT),
          EditorState.readOnly.of(true),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
          unifiedMergeView({
            original: before,
            mergeControls: false,
            collapseUnchanged: { margin: 3, minSize: 6 },
          }),
        ],
      }),
    });
    return () => {
      view.destroy();
    };
  }, [before, after, label, unchanged]);
  return <div ref={host} className="code-editor" style={{ maxHeight: 520, overflow: "auto" }} />;
}
