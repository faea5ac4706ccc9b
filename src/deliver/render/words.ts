/** The few words that we add to messages ourselves, in the languages we can say them in. */
export interface Words {
  readonly unsubscribe: string;
  readonly preferences: string;
  readonly register: string;
  /** What the lowest and the highest score of a survey mean. */
  readonly scale: Readonly<Record<SurveyName, readonly [low: string, high: string]>>;
  /** Where scores cannot be clicked. */
  readonly reply: (low: number, high: number) => string;
}

export const SURVEYS = { nps: [0, 10], csat: [1, 5] } as const;
export type SurveyName = keyof typeof SURVEYS;

const EN: Words = {
  unsubscribe: "Unsubscribe",
  preferences: "Preferences",
  register: "Register",
  scale: { nps: ["Not likely", "Very likely"], csat: ["Very unhappy", "Very happy"] },
  reply: (low, high) => `Reply with a number from ${low} to ${high}.`,
};

const WORDS: Readonly<Record<string, Words>> = {
  en: EN,
  de: {
    unsubscribe: "Abmelden",
    preferences: "Einstellungen",
    register: "Anmelden",
    scale: {
      nps: ["Unwahrscheinlich", "Sehr wahrscheinlich"],
      csat: ["Sehr unzufrieden", "Sehr zufrieden"],
    },
    reply: (low, high) => `Antworten Sie mit einer Zahl von ${low} bis ${high}.`,
  },
  fr: {
    unsubscribe: "Se désabonner",
    preferences: "Préférences",
    register: "S’inscrire",
    scale: { nps: ["Peu probable", "Très probable"], csat: ["Très déçu", "Très satisfait"] },
    reply: (low, high) => `Répondez par un chiffre de ${low} à ${high}.`,
  },
  es: {
    unsubscribe: "Darse de baja",
    preferences: "Preferencias",
    register: "Inscribirse",
    scale: {
      nps: ["Nada probable", "Muy probable"],
      csat: ["Muy insatisfecho", "Muy satisfecho"],
    },
    reply: (low, high) => `Responda con un número del ${low} al ${high}.`,
  },
  pt: {
    unsubscribe: "Cancelar inscrição",
    preferences: "Preferências",
    register: "Inscrever-se",
    scale: {
      nps: ["Pouco provável", "Muito provável"],
      csat: ["Muito insatisfeito", "Muito satisfeito"],
    },
    reply: (low, high) => `Responda com um número de ${low} a ${high}.`,
  },
  it: {
    unsubscribe: "Annulla l’iscrizione",
    preferences: "Preferenze",
    register: "Iscriviti",
    scale: {
      nps: ["Poco probabile", "Molto probabile"],
      csat: ["Molto insoddisfatto", "Molto soddisfatto"],
    },
    reply: (low, high) => `Rispondi con un numero da ${low} a ${high}.`,
  },
  nl: {
    unsubscribe: "Afmelden",
    preferences: "Voorkeuren",
    register: "Aanmelden",
    scale: {
      nps: ["Onwaarschijnlijk", "Heel waarschijnlijk"],
      csat: ["Zeer ontevreden", "Zeer tevreden"],
    },
    reply: (low, high) => `Antwoord met een getal van ${low} tot ${high}.`,
  },
  ar: {
    unsubscribe: "إلغاء الاشتراك",
    preferences: "التفضيلات",
    register: "التسجيل",
    scale: {
      nps: ["غير محتمل", "محتمل جدًا"],
      csat: ["غير راضٍ أبدًا", "راضٍ جدًا"],
    },
    reply: (low, high) => `أجب برقم من ${low} إلى ${high}.`,
  },
};

export function wordsFor(locale: string | null): Words {
  return WORDS[languageOf(locale)] ?? EN;
}

const RIGHT_TO_LEFT = new Set(["ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"]);

export function directionOf(locale: string | null): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.has(languageOf(locale)) ? "rtl" : "ltr";
}

function languageOf(locale: string | null): string {
  return locale?.toLowerCase().split(/[-_]/)[0] ?? "en";
}
