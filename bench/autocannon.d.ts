/** What the benchmarks use of autocannon 9, which brings no types. */
declare module "autocannon" {
  interface Options {
    readonly url: string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly connections: number;
    /** Seconds. */
    readonly duration: number;
    /** Requests a second over all connections. */
    readonly overallRate: number;
    readonly requests: readonly { setupRequest(request: object): object }[];
  }
  interface Result {
    /** Requests that got no answer. */
    readonly errors: number;
    readonly non2xx: number;
    readonly "2xx": number;
  }
  type OnResponse = (client: unknown, status: number, bytes: number, ms: number) => void;
  interface Running extends PromiseLike<Result> {
    on(event: "response", listener: OnResponse): void;
  }
  export default function autocannon(options: Options): Running;
}
