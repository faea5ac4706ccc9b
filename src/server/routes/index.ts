import type { Routes } from "../route.ts";
import { health } from "./health.ts";
import { home } from "./home.ts";
import { keys } from "./keys.ts";
import { session } from "./session.ts";
import { signin } from "./signin.ts";

/** All routes, in the order of the documentation. One file per noun: adding one adds a line here. */
export const ROUTES: readonly Routes[] = [home, signin, session, keys, health];
