// One file of code for all explanations; `whys.tsx` fetches it.
export { WhyFact } from "./why-fact.tsx";
export { WhyHealth } from "./why-health.tsx";
export { WhyLevel } from "./why-level.tsx";
export { WhyOwner } from "./why-owner.tsx";
export { WhySegment } from "./why-segment.tsx";
export { WhyStage } from "./why-stage.tsx";
