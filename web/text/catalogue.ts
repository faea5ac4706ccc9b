// The one catalogue: a line for each screen. The English file says which keys there are.
import type common from "./en/common.json";
import type today from "./en/today.json";
import type portfolio from "./en/portfolio.json";
import type board from "./en/board.json";
import type account from "./en/account.json";
import type model from "./en/model.json";
import type capacity from "./en/capacity.json";
import type overview from "./en/overview.json";
import type outbox from "./en/outbox.json";
import type imports from "./en/imports.json";
import type settings from "./en/settings.json";
import type welcome from "./en/welcome.json";
import type why from "./en/why.json";

export interface Catalogue {
  common: typeof common;
  today: typeof today;
  portfolio: typeof portfolio;
  board: typeof board;
  account: typeof account;
  model: typeof model;
  capacity: typeof capacity;
  overview: typeof overview;
  outbox: typeof outbox;
  imports: typeof imports;
  settings: typeof settings;
  welcome: typeof welcome;
  why: typeof why;
}

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: Catalogue;
    returnNull: false;
  }
}
