import { type RawSearch } from "../../lib/search.ts";
import { type AccountFilter, readFilter, said } from "../portfolio/portfolio-search.ts";

/** What the screen's address says after `?`: with it the same view opens again. */
export interface BoardSearch extends AccountFilter {
  /** The account in the preview. */
  readonly open?: string | undefined;
}

export function readBoardSearch(raw: RawSearch): BoardSearch {
  return { ...readFilter(raw), open: said(raw["open"]) };
}
