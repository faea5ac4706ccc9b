/** Where somebody most likely is, by their browser: what the template's own place is replaced by. */
export interface WorkspaceGuess {
  readonly timezone: string;
  readonly currency: string;
  /** Country of the public holidays; null: not known. */
  readonly holidays: string | null;
}

const EURO = ["AT", "BE", "DE", "ES", "FI", "FR", "GR", "IE", "IT", "LU", "NL", "PT", "SI", "SK"];
const CURRENCIES: Readonly<Record<string, string>> = {
  AU: "AUD",
  BR: "BRL",
  CA: "CAD",
  CH: "CHF",
  DK: "DKK",
  GB: "GBP",
  HK: "HKD",
  ID: "IDR",
  IN: "INR",
  JP: "JPY",
  MX: "MXN",
  MY: "MYR",
  NO: "NOK",
  NZ: "NZD",
  PH: "PHP",
  PL: "PLN",
  SE: "SEK",
  SG: "SGD",
  TH: "THB",
  US: "USD",
  VN: "VND",
  ZA: "ZAR",
  ...Object.fromEntries(EURO.map((country) => [country, "EUR"])),
};

/** @param language as browsers say it: `ms-MY`, `en` */
export function guessWorkspace(language: string, timezone: string): WorkspaceGuess {
  const country = /[-_]([A-Z]{2})\b/.exec(language)?.[1];
  return {
    timezone: timezone === "" ? "UTC" : timezone,
    currency: (country === undefined ? undefined : CURRENCIES[country]) ?? "USD",
    holidays: country !== undefined && CURRENCIES[country] !== undefined ? country : null,
  };
}
