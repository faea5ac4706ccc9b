import { later } from "../later.tsx";
import { Loading } from "../loading.tsx";

// What explains comes once somebody asks: all of it together, it shares most of its code.
const all = async () => import("./all-whys.ts");
const soon = <Loading lines={4} height={18} />;

export const WhyFact = later(async () => (await all()).WhyFact, soon);
export const WhyHealth = later(async () => (await all()).WhyHealth, soon);
export const WhyLevel = later(async () => (await all()).WhyLevel, soon);
export const WhyOwner = later(async () => (await all()).WhyOwner, soon);
export const WhySegment = later(async () => (await all()).WhySegment, soon);
export const WhyStage = later(async () => (await all()).WhyStage, soon);

/** For `usePreload`: with one of them all are there. */
export const whys = { preload: (): void => void all().catch(() => undefined) };
