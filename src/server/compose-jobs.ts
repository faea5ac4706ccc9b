import { tidyJob } from "../engine/access/tidy-job.ts";
import { bulkJob } from "../engine/bulk/bulk-job.ts";
import { decidingJobs } from "../engine/deciding-jobs.ts";
import { attributeJob } from "../engine/ingest/attribute-job.ts";
import { deliverJob } from "../engine/outbox/deliver.ts";
import { sendQueuedJob } from "../engine/outbox/send-queued.ts";
import { settleJob } from "../engine/outbox/settle-job.ts";
import type { Channels } from "../engine/ports/channel.ts";
import { hitsJob } from "../engine/results/hits-job.ts";
import { safeHttp } from "../deliver/safe-request.ts";
import { webhooksJob } from "../engine/webhooks/webhooks-job.ts";
import type { Settings } from "../engine/settings.ts";
import type { WorkerJob } from "../engine/worker-job.ts";

/** All that a worker does, in the order in which things go through: in, decided, out, told. */
export function allJobs(settings: Settings, channels: Channels): WorkerJob[] {
  return [
    attributeJob(),
    bulkJob,
    ...decidingJobs(),
    deliverJob({ settings, channels }),
    sendQueuedJob({ settings, channels }),
    settleJob({ settings }),
    hitsJob(),
    webhooksJob(safeHttp(), settings),
    tidyJob,
  ];
}
