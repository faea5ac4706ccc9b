import type { Routes } from "../route.ts";
import { health } from "./health.ts";
import { home } from "./home.ts";
import { ingest } from "./ingest.ts";
import { keys } from "./keys.ts";
import { session } from "./session.ts";
import { signin } from "./signin.ts";
import { widget } from "./widget.ts";
import { workspace } from "./workspace.ts";
import { accounts } from "./accounts.ts";
import { accountChanges } from "./account-changes.ts";
import { accountNotes } from "./account-notes.ts";
import { bulk } from "./bulk.ts";
import { views } from "./views.ts";
import { portfolio } from "./portfolio.ts";
import { timeline } from "./account-timeline.ts";
import { accountUsage } from "./account-usage.ts";
import { accountWhy } from "./account-why.ts";
import { decisions } from "./decisions.ts";
import { today } from "./today.ts";
import { touches } from "./touches.ts";
import { touchChanges } from "./touch-changes.ts";
import { contacts } from "./contacts.ts";
import { team } from "./team.ts";
import { messages } from "./messages.ts";
import { modelChanges } from "./model-changes.ts";
import { modelDrafts } from "./model-drafts.ts";
import { modelImpacts } from "./model-impact.ts";
import { modelScenarios } from "./model-scenarios.ts";
import { modelViews } from "./model-views.ts";
import { models } from "./models.ts";
import { segments } from "./segments.ts";
import { book } from "./book.ts";
import { capacity } from "./capacity.ts";
import { outbox } from "./outbox.ts";
import { owners } from "./owners.ts";
import { pauses } from "./pauses.ts";
import { audit } from "./audit.ts";
import { exports } from "./exports.ts";
import { results } from "./results.ts";
import { resultsMail } from "./results-mail.ts";
import { surveys } from "./surveys.ts";
import { webhooks } from "./webhooks.ts";
import { touchWebhook } from "./touch-webhook.ts";
import { webhookMessages } from "./webhook-messages.ts";
import { publicLinks } from "./public-links.ts";
import { publicPreferences } from "./public-preferences.ts";
import { publicSurvey } from "./public-survey.ts";
import { publicUnsubscribe } from "./public-unsubscribe.ts";
import { privacy } from "./privacy.ts";
import { suppressions } from "./suppressions.ts";
import { imports } from "./imports.ts";
import { importPreview } from "./import-preview.ts";
import { importRuns } from "./import-runs.ts";
import { channels } from "./channels.ts";
import { dataQuality } from "./data-quality.ts";
import { firstRun } from "./first-run.ts";
import { overviewHistory } from "./overview-history.ts";
import { overviewRows } from "./overview-rows.ts";
import { overviewTouches } from "./overview-touches.ts";
import { templates } from "./templates.ts";

/** All routes, in the order of the documentation. One file per noun: adding one adds a line here. */
export const ROUTES: readonly Routes[] = [
  home,
  signin,
  session,
  workspace,
  keys,
  widget,
  health,
  ingest,
  accounts,
  accountChanges,
  portfolio,
  views,
  bulk,
  timeline,
  accountNotes,
  accountUsage,
  accountWhy,
  decisions,
  today,
  touches,
  touchChanges,
  contacts,
  privacy,
  suppressions,
  team,
  models,
  modelChanges,
  modelDrafts,
  modelImpacts,
  modelScenarios,
  modelViews,
  messages,
  segments,
  book,
  overviewHistory,
  overviewRows,
  overviewTouches,
  capacity,
  owners,
  outbox,
  pauses,
  audit,
  exports,
  imports,
  importPreview,
  importRuns,
  dataQuality,
  channels,
  firstRun,
  templates,
  results,
  resultsMail,
  surveys,
  webhooks,
  webhookMessages,
  touchWebhook,
  publicLinks,
  publicUnsubscribe,
  publicPreferences,
  publicSurvey,
];
