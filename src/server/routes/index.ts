import type { Routes } from "../route.ts";
import { session } from "./session.ts";

/** All routes, in the order of the documentation. One file per noun: adding one adds a line here. */
export const ROUTES: readonly Routes[] = [session];
