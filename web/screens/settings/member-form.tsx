import {
  Button,
  Group,
  Modal,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  TextInput,
} from "@mantine/core";
import { useState } from "react";
import { useAct } from "../../lib/act.ts";
import { api, ask } from "../../lib/api.ts";
import { type Access, useMe } from "../../lib/me.ts";
import { useText } from "../../text/text.ts";
import { type Member, TEAM_KEY } from "./team-member.ts";

interface MemberFormProps {
  /** null: somebody new. */
  readonly member: Member | null;
  readonly onClose: () => void;
}

const ACCESS = ["csm", "leader", "ops", "admin"] as const;

/** Somebody of the team: who they are, what they may do, how many hours they have. */
export function MemberForm({ member, onClose }: MemberFormProps) {
  const t = useText("settings");
  const common = useText("common");
  const me = useMe();
  const [id, setId] = useState(member?.id ?? "");
  const [texts, setTexts] = useState({
    name: member?.name ?? "",
    email: member?.email ?? "",
    role: member?.role ?? "",
    pod: member?.pod ?? "",
    timezone: member?.timezone ?? "",
    region: member?.region ?? "",
    starts_on: member?.starts_on ?? "",
  });
  const [access, setAccess] = useState<Access | null>(member ? member.access : "csm");
  const [hours, setHours] = useState<number | string>(member?.hours_per_week ?? "");
  const [languages, setLanguages] = useState<string[]>([...(member?.languages ?? [])]);
  const [skills, setSkills] = useState<string[]>([...(member?.skills ?? [])]);
  const save = useAct({
    run: () => {
      const said = (text: string) => (text.trim() === "" ? null : text.trim());
      return ask(
        api.PUT("/api/team/{member}", {
          params: { path: { member: id.trim() } },
          body: {
            name: said(texts.name),
            email: said(texts.email),
            role: said(texts.role),
            pod: said(texts.pod),
            timezone: said(texts.timezone),
            region: said(texts.region),
            starts_on: said(texts.starts_on),
            access,
            hours_per_week: typeof hours === "number" ? hours : null,
            languages,
            skills,
          },
        }),
      );
    },
    refresh: [TEAM_KEY],
    onDone: onClose,
  });
  const field = (name: keyof typeof texts, type = "text") => (
    <TextInput
      label={t(`field_${name}`)}
      type={type}
      value={texts[name]}
      onChange={(event) => setTexts({ ...texts, [name]: event.currentTarget.value })}
    />
  );
  const isSelf = member !== null && member.id === me.member;
  return (
    <Modal
      opened
      onClose={onClose}
      title={member ? (member.name ?? member.id) : t("addMember")}
      size="lg"
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.act();
        }}
      >
        <Stack gap="sm">
          <SimpleGrid cols={2} spacing="sm">
            <TextInput
              label={t("field_id")}
              description={t("field_idText")}
              value={id}
              onChange={(event) => setId(event.currentTarget.value)}
              disabled={member !== null}
              required
              data-autofocus={member === null ? true : undefined}
            />
            <Select
              label={t("access")}
              description={isSelf ? t("ownAccess") : t("accessText")}
              data={ACCESS.map((one) => ({ value: one, label: t(`access_${one}`) }))}
              value={access}
              onChange={setAccess}
              placeholder={t("noAccess")}
              clearable
            />
            {field("name")}
            {field("email", "email")}
            {field("role")}
            <NumberInput
              label={t("hours")}
              value={hours}
              onChange={setHours}
              min={0}
              max={168}
              decimalScale={1}
            />
            {field("pod")}
            {field("timezone")}
            {field("region")}
            {field("starts_on", "date")}
            <TagsInput label={t("languages")} value={languages} onChange={setLanguages} size="xs" />
            <TagsInput label={t("skills")} value={skills} onChange={setSkills} size="xs" />
          </SimpleGrid>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {common("cancel")}
            </Button>
            <Button type="submit" loading={save.isBusy} disabled={id.trim() === ""}>
              {common("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
