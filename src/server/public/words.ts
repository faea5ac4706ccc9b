import type {
  Frequency,
  PreferredChannel,
  RefusableChannel,
} from "../../engine/results/preferences.ts";

/** What the pages say that contacts see, in their language. */
export interface Words {
  readonly lang: string;
  readonly notFound: string;
  readonly notFoundText: string;
  readonly unsubscribe: string;
  unsubscribeText(address: string): string;
  readonly unsubscribeButton: string;
  readonly unsubscribed: string;
  unsubscribedText(address: string): string;
  readonly unsubscribedElsewhere: string;
  readonly otherChoices: string;
  readonly preferences: string;
  preferencesText(sender: string): string;
  readonly wants: string;
  readonly channels: Readonly<Record<RefusableChannel, string>>;
  readonly often: string;
  readonly oftenHint: string;
  readonly noPreference: string;
  readonly frequencies: Readonly<Record<Frequency, string>>;
  readonly best: string;
  readonly bestChannels: Readonly<Record<PreferredChannel, string>>;
  readonly save: string;
  readonly saved: string;
  readonly held: string;
  readonly heldFields: Readonly<Record<"name" | "email" | "role" | "locale" | "timezone", string>>;
  readonly heldMore: string;
  readonly bounced: string;
  question(survey: string, sender: string): string;
  scale(survey: string): readonly [low: string, high: string];
  readonly score: string;
  readonly comment: string;
  readonly commentHint: string;
  readonly send: string;
  readonly answered: string;
  readonly answeredText: string;
  readonly changeAnswer: string;
  readonly chooseScore: string;
  readonly yourAddress: string;
}

const ENGLISH: Words = {
  lang: "en",
  notFound: "This link leads nowhere",
  notFoundText:
    "It may have been cut off on its way to you. Try the link in the message itself, or answer the message.",
  unsubscribe: "Stop these messages?",
  unsubscribeText: (address) => `We will send no more messages of this kind to ${address}.`,
  unsubscribeButton: "Yes, stop them",
  unsubscribed: "You will get no more of these messages",
  unsubscribedText: (address) => `We have taken ${address} off the list.`,
  unsubscribedElsewhere: "A message that is already on its way may still reach you.",
  otherChoices: "Choose what you get, and how often",
  preferences: "How would you like to hear from us?",
  preferencesText: (sender) =>
    `Tell ${sender} what suits you. What you take the tick from, you will not get any more.`,
  wants: "What you would like to get",
  channels: {
    email: "Mail",
    in_app: "Messages inside the product",
    webinar: "Invitations to webinars",
  },
  often: "How often",
  oftenHint: "About what concerns your contract we write when it is needed.",
  noPreference: "No preference",
  frequencies: {
    weekly: "Up to once a week",
    monthly: "Up to once a month",
    quarterly: "Up to once a quarter",
    only_when_needed: "Only when it is needed",
  },
  best: "The best way to reach you",
  bestChannels: {
    email: "Mail",
    in_app: "Inside the product",
    call: "Phone call",
    video: "Video call",
  },
  save: "Save",
  saved: "Saved. Thank you.",
  held: "What we know about you",
  heldFields: {
    name: "Name",
    email: "Mail address",
    role: "Role",
    locale: "Language",
    timezone: "Time zone",
  },
  heldMore:
    "Answer the message that led you here if something is wrong, or if you would like a copy of everything or have it erased.",
  bounced: "Mail to your address came back, so we do not write to it. Tell us when it works again.",
  question: (survey, sender) =>
    ({
      nps: `How likely are you to recommend ${sender} to a friend or colleague?`,
      csat: "How satisfied are you with how it went?",
      ces: `${sender} made it easy for me to get done what I wanted.`,
    })[survey] ?? "How would you rate it?",
  scale: (survey) =>
    (
      {
        nps: ["Not at all likely", "Extremely likely"],
        csat: ["Very dissatisfied", "Very satisfied"],
        ces: ["Strongly disagree", "Strongly agree"],
      } as const
    )[survey as "nps"] ?? ["Very bad", "Very good"],
  score: "Your score",
  comment: "What is the main reason?",
  commentHint: "As much or as little as you like.",
  send: "Send answer",
  answered: "Thank you for your answer",
  answeredText: "It goes to the people who look after you.",
  changeAnswer: "Change my answer",
  chooseScore: "Please choose a score.",
  yourAddress: "your address",
};

const MALAY: Words = {
  lang: "ms",
  notFound: "Pautan ini tidak membawa ke mana-mana",
  notFoundText:
    "Mungkin pautan ini terpotong. Cuba pautan dalam mesej asal, atau balas mesej tersebut.",
  unsubscribe: "Hentikan mesej ini?",
  unsubscribeText: (address) => `Kami tidak akan menghantar lagi mesej seperti ini ke ${address}.`,
  unsubscribeButton: "Ya, hentikan",
  unsubscribed: "Anda tidak akan menerima mesej ini lagi",
  unsubscribedText: (address) => `Kami telah mengeluarkan ${address} daripada senarai.`,
  unsubscribedElsewhere: "Mesej yang sudah dihantar mungkin masih sampai kepada anda.",
  otherChoices: "Pilih apa yang anda terima, dan kekerapannya",
  preferences: "Bagaimana anda mahu kami menghubungi anda?",
  preferencesText: (sender) =>
    `Beritahu ${sender} apa yang sesuai untuk anda. Apa yang tidak ditanda tidak akan dihantar lagi.`,
  wants: "Apa yang anda mahu terima",
  channels: {
    email: "E-mel",
    in_app: "Mesej di dalam produk",
    webinar: "Jemputan webinar",
  },
  often: "Kekerapan",
  oftenHint: "Tentang perkara berkaitan kontrak anda, kami menulis apabila perlu.",
  noPreference: "Tiada pilihan khusus",
  frequencies: {
    weekly: "Paling kerap sekali seminggu",
    monthly: "Paling kerap sekali sebulan",
    quarterly: "Paling kerap sekali setiap suku tahun",
    only_when_needed: "Hanya apabila perlu",
  },
  best: "Cara terbaik untuk menghubungi anda",
  bestChannels: {
    email: "E-mel",
    in_app: "Di dalam produk",
    call: "Panggilan telefon",
    video: "Panggilan video",
  },
  save: "Simpan",
  saved: "Telah disimpan. Terima kasih.",
  held: "Apa yang kami tahu tentang anda",
  heldFields: {
    name: "Nama",
    email: "Alamat e-mel",
    role: "Peranan",
    locale: "Bahasa",
    timezone: "Zon waktu",
  },
  heldMore:
    "Balas mesej yang membawa anda ke sini jika ada yang salah, atau jika anda mahu salinan semua data atau mahu ia dipadamkan.",
  bounced:
    "E-mel ke alamat anda dipulangkan, jadi kami tidak menulis kepadanya. Beritahu kami apabila ia berfungsi semula.",
  question: (survey, sender) =>
    ({
      nps: `Sejauh manakah anda akan mengesyorkan ${sender} kepada rakan atau rakan sekerja?`,
      csat: "Sejauh manakah anda berpuas hati?",
      ces: `${sender} memudahkan saya menyelesaikan apa yang saya mahu.`,
    })[survey] ?? "Bagaimanakah penilaian anda?",
  scale: (survey) =>
    (
      {
        nps: ["Tidak mungkin sama sekali", "Sangat mungkin"],
        csat: ["Sangat tidak puas hati", "Sangat puas hati"],
        ces: ["Sangat tidak setuju", "Sangat setuju"],
      } as const
    )[survey as "nps"] ?? ["Sangat teruk", "Sangat baik"],
  score: "Skor anda",
  comment: "Apakah sebab utamanya?",
  commentHint: "Tulis seberapa banyak yang anda mahu.",
  send: "Hantar jawapan",
  answered: "Terima kasih atas jawapan anda",
  answeredText: "Ia disampaikan kepada mereka yang menjaga akaun anda.",
  changeAnswer: "Ubah jawapan saya",
  chooseScore: "Sila pilih satu skor.",
  yourAddress: "alamat anda",
};

/** Malay for `ms` and `ms-MY`, English for all else; the first of these that is known decides. */
export function wordsFor(...locales: readonly (string | null | undefined)[]): Words {
  const locale = locales.find((one) => one !== null && one !== undefined && one.trim() !== "");
  return /^ms\b/i.test(locale?.trim() ?? "") ? MALAY : ENGLISH;
}
