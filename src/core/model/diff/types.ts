/** One difference between two models, by meaning: comments, order of keys and spelling of durations are none. */
export interface ModelChange {
  /** Where it stands: `segments.value.strategic`, `touch.adjust.at risk`, `programs.save.check_in#1`. */
  readonly path: string;
  /** The block: `workspace`, `facts`, `health`, `lifecycle`, `segments`, `levels`, `touch`, … */
  readonly block: string;
  readonly kind: "added" | "removed" | "renamed" | "changed" | "moved";
  /** As each is written in short; null where there is none. */
  readonly before: string | null;
  readonly after: string | null;
  /** `the threshold of segments.value.strategic goes from 100,000 to 60,000`. */
  readonly sentence: string;
  /** Whether it can change what is decided; titles, notes and the like cannot. */
  readonly decides: boolean;
}
