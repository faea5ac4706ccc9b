/** Starts a test server and says where it is; the test kills this process. */
import { startTestServer } from "./postgres-server.ts";

const { url } = await startTestServer();
process.stdout.write(`${url}\n`);
setInterval(() => undefined, 1000);
