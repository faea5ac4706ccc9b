import { describe, expect, test } from "vitest";
import { AppError } from "../../engine/app-error.ts";
import type { MessageScene, RenderedMessage } from "../../engine/ports/channel.ts";
import { SAMPLE_CONTACT, SAMPLE_LINKS, sampleScene } from "../testing/sample-scene.ts";
import { renderMail } from "./render-mail.ts";

const LOOK = { postalAddress: "Northwind GmbH\nHauptstraße 1, 10115 Berlin" };

function mail(
  message: string | Readonly<Record<string, string>>,
  change: Parameters<typeof sampleScene>[1] = {},
): RenderedMessage {
  return renderMail(sampleScene(message, change), SAMPLE_LINKS, LOOK);
}

/** What stands in the card: without frame, foot and pixel. */
function card({ html }: RenderedMessage): string {
  return /<td class="card"[^>]*>([\s\S]*?)<tr><td class="foot"/.exec(html)?.[1] ?? "";
}

function problem(message: string, change: Parameters<typeof sampleScene>[1] = {}): string {
  try {
    mail(message, change);
  } catch (error) {
    if (error instanceof AppError) return `${error.code} ${error.message}`;
    throw error;
  }
  return "none";
}

function named(name: string): Partial<MessageScene> {
  return { contact: { ...SAMPLE_CONTACT, name } };
}

describe("a message", () => {
  test("is filled in with what is known, as HTML and as text", () => {
    const message = mail(
      "subject: Hello {{ contact.name }}\npreheader: {{ account.name }}\n\nHi **{{ contact.name }}**,\n\n- {{ facts.seats }} seats of {{ contact.team_size }}, {{ owner.name }}\n\n{{ touch.title }} {{ touch.due }}",
    );
    expect(message).toMatchObject({
      subject: "Hello Ada Lovelace",
      preheader: "Acme Ltd",
      locale: "en",
    });
    expect(card(message)).toContain("<strong>Ada Lovelace</strong>");
    expect(message.text).toContain("- 40 seats of 12, Ann Owens\n\nWelcome 2026-03-02");
  });

  test("a trait that the model declares and the contact lacks is empty", () => {
    const text = "subject: Hi\n\n[{{ contact.favourite }}] {{ contact.team_size }}";
    expect(mail(text).text).toContain("[] 12");
    expect(mail(text, { contact: null }).text).toContain("[]");
  });

  test.each([
    [
      "subject: Hi\n\n\n  Dear {{ contact.frist_name }}",
      "messages/welcome.en.liquid:4:11: undefined variable: contact.frist_name",
    ],
    [
      "subject: Hi {{ acount.name }}\n\nx",
      "messages/welcome.en.liquid:1:16: undefined variable: acount",
    ],
    [
      "subject: Hi\n\n{{ contact.name | uper }}",
      "messages/welcome.en.liquid:3:1: undefined filter: uper",
    ],
    [
      "subject: Hi\n\n{% if contact.name %}x",
      "messages/welcome.en.liquid:3:1: tag {% if contact.name %} not closed",
    ],
    [
      "subjct: Hi\n\nx",
      "messages/welcome.en.liquid:1:1: there is no head `subjct`: did you mean subject?",
    ],
    [
      "subject: Hi\nsubject: Ho\n\nx",
      "messages/welcome.en.liquid:2:1: `subject:` stands there twice",
    ],
    [
      "subject: Hi\nHello\n\nx",
      "messages/welcome.en.liquid:2:1: an empty line must stand between the head and the body",
    ],
    [
      "subject: Hi\nsurvey: npx\n\nx",
      "messages/welcome.en.liquid:2:9: there is no survey `npx`: there are nps, csat",
    ],
    [
      "subject: Hi\nbutton: Go\nlink: javascript:alert(1)\n\nx",
      "messages/welcome.en.liquid:3:7: `javascript:alert(1)` is no link to the web",
    ],
    ["subject: Hi\n\n{{ survey }}", "messages/welcome.en.liquid:3:4: undefined variable: survey"],
  ])("%j is refused with its place", (source, expected) => {
    expect(problem(source)).toBe(`bad-message ${expected}`);
  });

  test.each([
    "{% for i in (1..1000000000) %}x{% endfor %}",
    "{% for i in (1..4000) %}{% for j in (1..4000) %}x{% endfor %}{% endfor %}",
    "{% include '/etc/passwd' %}",
    "{% render '../../../etc/passwd' %}",
    "{% layout '/etc/passwd' %}",
  ])("that does %s is stopped", (body) => {
    expect(problem(`subject: Hi\n\n${body}`)).toMatch(
      /^bad-message messages\/welcome\.en\.liquid:3:/,
    );
  });

  test("what is unknown may be asked about, and has a default", () => {
    const message = mail(
      "subject: Hi\n\n{% if facts.nps %}known{% else %}unknown{% endif %} {{ contact.wish | default: 'none' }}",
    );
    expect(message.text).toContain("unknown none");
  });

  test("without a file is a missing message; without a subject its touch's title is it", () => {
    expect(problem("x", { template: "other" })).toMatch(
      /^missing-message welcome has no message file/,
    );
    expect(mail("Just a body").subject).toBe("Welcome");
  });

  test("days are the same day in every zone, instants are the reader's own", () => {
    const message = mail(
      'subject: x\n\n{{ facts.renewal_date | date: "%-d %B" }}, {{ touch.starts_at | date: "%H:%M" }}',
      { touch: { startsAt: Date.UTC(2026, 6, 1, 9) } },
    );
    expect(message.text).toContain("1 May, 10:00");
  });
});

describe("values stay text", () => {
  const BODY = "subject: Hi {{ contact.name }}\n\nHello {{ contact.name }}, *you*";

  test.each([
    "<script>alert(1)</script>",
    "<b>bold</b> & co",
    "**bold** _it_ `code` # head",
    "[click](https://evil.test)",
    "![pic](https://evil.test/x.png)",
    "https://evil.test/login",
    "www.evil.test and a@evil.test",
    "line\n\n# two\n- three",
    "&lt;b&gt; &amp;",
    "1. one",
    "\u{E000}0\u{E001}",
    "{{ owner.email }}",
    '" onmouseover="x',
  ])("%j", (name) => {
    const message = mail(BODY, named(name));
    const shown = card(message);
    expect(shown).not.toMatch(/<(script|b|h1|ul|ol|img|code|a)[\s>]/);
    expect(shown.match(/<em>/g)).toHaveLength(1);
    expect(message.links).toEqual([]);
    const plain = name.replace(/[\u{E000}\u{E001}]/gu, "");
    expect(message.text.replace(/\s+/g, " ")).toContain(`Hello ${plain.replace(/\s+/g, " ")}, you`);
    expect(message.subject).toBe(`Hi ${plain.replace(/\s+/g, " ")}`);
  });

  test("also in code, in links and where a line begins", () => {
    const message = mail(
      "subject: x\n\n{{ facts.seats }}. of all\n\n`{{ contact.name }}`\n\n[go](https://a.test/?n={{ contact.name }})",
      named("<a> *b* & 'c'"),
    );
    expect(card(message)).toContain("40. of all</p>");
    expect(message.text).toContain("<a> *b* & 'c'");
    expect(message.links).toEqual(["https://a.test/?n=%3Ca%3E%20*b*%20&%20%27c%27"]);
  });

  test("captured, joined and cut", () => {
    const message = mail(
      "subject: x\n\n{% capture who %}{{ contact.name }} of {{ account.name }}{% endcapture %}{{ who }}. {{ contact.name | truncate: 6 }} {{ contact.name | escape }} {{ contact.name | raw }}",
      named("<Ada> *L*"),
    );
    expect(message.text).toContain("<Ada> *L* of Acme Ltd. <Ad... <Ada> *L* <Ada> *L*");
    expect(card(message)).not.toContain("<Ada>");
  });

  test("what an author writes is cleaned, too", () => {
    const message = mail(
      'subject: x\n\n<script>x()</script><p onclick="x()" style="color:red">ok</p><iframe src="https://a.test"></iframe><form><input></form><a href="javascript:x()">no</a> <a href="data:text/html,x">no</a> <a href="//a.test">no</a>\n\n[no](javascript:x)',
    );
    const shown = card(message);
    expect(shown).not.toMatch(
      /script|onclick|color:red|iframe|form|input|javascript|data:|\/\/a\.test/,
    );
    expect(shown).toContain(">ok</p>");
  });
});

describe("links", () => {
  test("lead by way of our server, each target once, others as they are", () => {
    const message = mail(
      "subject: x\nbutton: Open\nlink: https://a.test/open\n\n[one](https://a.test/1) [two](https://a.test/2) [again](https://a.test/1) [mail](mailto:a@b.test) [out]({{ unsubscribe_url }}) https://a.test/bare",
    );
    expect(message.links).toEqual([
      "https://a.test/open",
      "https://a.test/1",
      "https://a.test/2",
      "https://a.test/bare",
    ]);
    const hrefs = [...card(message).matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    const at = (path: string): string => `https://cs.northwind.test/${path}`;
    expect(hrefs).toEqual([
      at("c/1"),
      at("c/2"),
      at("c/1"),
      "mailto:a@b.test",
      at("u/token"),
      at("c/3"),
      at("c/0"),
    ]);
    expect(message.text).toContain("one <https://cs.northwind.test/c/1>");
    expect(message.text).toContain("Open: https://cs.northwind.test/c/0");
    expect(message.html).toContain('<img src="https://cs.northwind.test/o/token.gif"');
  });

  test("two thousand of them", () => {
    const body = Array.from(
      { length: 2000 },
      (_, n) => `- [link ${n}](https://a.test/${n}?x=1&y=2)`,
    );
    const message = mail(`subject: x\n\n${body.join("\n")}`);
    expect(message.links).toHaveLength(2000);
    expect(message.links[1999]).toBe("https://a.test/1999?x=1&y=2");
    expect(message.html).toContain('href="https://cs.northwind.test/c/1999"');
  });

  test("without a public address are left as they are, and nothing is tracked", () => {
    const message = renderMail(sampleScene("subject: x\n\n[one](https://a.test/1)"), null, LOOK);
    expect(message.html).toContain('href="https://a.test/1"');
    expect(message.links).toEqual([]);
    expect(message.html).not.toMatch(/<img|Unsubscribe|Preferences/);
  });
});

describe("the foot", () => {
  test("names the sender, and how to have less of it", () => {
    const { html, text } = mail("subject: x\n\nHi");
    expect(html).toContain("Northwind GmbH<br>");
    expect(text).toMatch(
      /-- \nNorthwind GmbH\nHauptstraße 1, 10115 Berlin\nUnsubscribe: https:\S+\/u\/token\nPreferences: /,
    );
  });

  test("of what must be said offers the preferences only", () => {
    const { html } = mail("subject: x\n\nHi", { touch: { purpose: "transactional" } });
    expect(html).toContain("/p/token");
    expect(html).not.toContain("/u/token");
  });
});

describe("a survey", () => {
  test("is answered by one click, in its place", () => {
    const message = mail("subject: x\nsurvey: nps\n\nHow likely?\n\n{{ survey }}\n\nThanks");
    const scores = [...card(message).matchAll(/\/s\/nps\.(\d+)"/g)].map(([, score]) =>
      Number(score),
    );
    expect(scores).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(card(message)).toMatch(/How likely\?<\/p>\s*<table[\s\S]*<\/table>\s*<p[^>]*>Thanks/);
    expect(message.text).toMatch(/How likely\?\n\n0 \(Not likely\): https[\s\S]*nps\.10\n\nThanks/);
    expect(message.links).toEqual([]);
  });

  test("stands at the end where no place is named, once, whatever the author does", () => {
    const end = mail("subject: x\nsurvey: csat\n\nHow was it?");
    expect([...card(end).matchAll(/\/s\/csat\.(\d)"/g)].map(([, one]) => one).join("")).toBe(
      "12345",
    );
    const twice = mail("subject: x\nsurvey: csat\n\nA {{ survey }} B\n\n{{ survey }}");
    expect(card(twice).match(/\/s\/csat\.3"/g)).toHaveLength(1);
    expect(card(twice)).toMatch(/>A <\/p><table[\s\S]*<p[^>]*> B<\/p>/);
    expect(twice.text.match(/csat\.3/g)).toHaveLength(1);
  });

  test("asks for a reply where nobody could be clicked at", () => {
    const message = renderMail(sampleScene("subject: x\nsurvey: nps\n\nHow?"), null, LOOK);
    expect(message.text).toContain("Reply with a number from 0 to 10.");
    expect(message.html).toContain("Reply with a number from 0 to 10.");
  });
});

describe("the language", () => {
  const FILES = {
    "welcome.en": "subject: Hello\n\nx",
    "welcome.pt": "subject: Olá\n\nx",
    "welcome.pt-BR": "subject: Oi\n\nx",
    "welcome.de":
      'subject: Hallo\n\n{{ facts.renewal_date | date: "%B" }} {{ "2026-03-01" | date: "%B" }}',
    "welcome_back.fr": "subject: other\n\nx",
  };
  const subjectFor = (locale: string | null): string =>
    mail(FILES, { contact: { ...SAMPLE_CONTACT, locale } }).subject;

  test.each([
    ["pt-BR", "Oi"],
    ["pt_br", "Oi"],
    ["pt-PT", "Olá"],
    ["de-AT", "Hallo"],
    ["fr", "Hello"],
    ["zh-Hant", "Hello"],
    [null, "Hello"],
  ])("of %s is %s", (locale, subject) => {
    expect(subjectFor(locale)).toBe(subject);
  });

  test("brings its own months, words and direction", () => {
    const german = mail(FILES, { contact: { ...SAMPLE_CONTACT, locale: "de" } });
    expect(german.text).toContain("Mai März");
    expect(german.text).toContain("Abmelden:");
    const arabic = mail({ "welcome.ar": "subject: مرحبا 🎉\n\n- مرحبا" });
    expect(arabic.html).toMatch(/<html lang="ar" dir="rtl"/);
    expect(arabic.html).toContain('<ul style="margin:0 0 16px;padding:0 24px 0 0;">');
  });
});
