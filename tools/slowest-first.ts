import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes longest by itself, so that at the end no core waits for one that began last. */
const SLOWEST = [
  "spec/live/kills",
  "spec/live/year",
  "spec/e2e/serve",
  "spec/e2e/commands",
  "spec/e2e/plan",
  "spec/web/",
  "spec/e2e/",
  "spec/browser/",
  "src/engine/change-",
];

/** The order of test files: those first that are known to take long, then as Vitest has it. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = SLOWEST.findIndex((part) => moduleId.includes(`/${part}`));
      return found === -1 ? SLOWEST.length : found;
    };
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => place(a) - place(b));
  }
}
