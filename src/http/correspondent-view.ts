import { z } from '@hono/zod-openapi';

import { CORRESPONDENT_KINDS, type Correspondent, type Place } from '#domain/correspondent.ts';
import { MAILBOX_CHANNELS } from '#domain/mailbox-channels.ts';
import { mailboxStatusAt } from '#domain/mailbox-status.ts';

import { ProfileViewSchema, toProfileView } from './profile-view.ts';
import { ShownExpertiseSchema, ShownTeamSchema, toExpertiseView, toTeamView } from './declared-view.ts';

const CodingSchema = z.object({ code: z.string(), label: z.string() }).openapi('Coding');

const PlaceSchema = z
  .object({
    organization: z
      .object({
        id: z.string(),
        name: z.string().nullable(),
        finess: z.string().nullable(),
        finessJuridique: z.string().nullable(),
        category: CodingSchema.nullable(),
      })
      .nullable(),
    address: z.string().nullable(),
    postcode: z.string().nullable(),
    commune: z.object({ code: z.string().nullable(), name: z.string() }).nullable(),
    departement: z.object({ code: z.string(), name: z.string() }).nullable(),
    country: z.string().nullable().openapi({ description: 'INSEE country code when abroad.' }),
    phone: z.string().nullable(),
    modeExercice: CodingSchema.nullable(),
    position: z
      .object({ latitude: z.number(), longitude: z.number(), approximate: z.boolean() })
      .nullable()
      .openapi({ description: 'WGS 84 degrees; approximate: the centre of the commune.' }),
  })
  .openapi('Place');

const MailboxSchema = z
  .object({
    address: z.string(),
    type: z.enum(['PER', 'ORG', 'APP', 'CAB']),
    status: z.enum(['active', 'inactive', 'unknown']).openapi({
      description: 'active: opened during the last 30 days; unknown: no operator reports on it.',
    }),
    channels: z
      .array(z.enum(MAILBOX_CHANNELS))
      .optional()
      .openapi({ description: 'What it can receive beside mail; absent when nothing is declared.' }),
  })
  .openapi('Mailbox');

export const CorrespondentSchema = z
  .object({
    id: z.string().openapi({ example: 'professional-899000000012' }),
    kind: z.enum(CORRESPONDENT_KINDS),
    name: z.string(),
    familyName: z.string().optional(),
    givenNames: z.string().optional(),
    rpps: z.string().optional(),
    profession: CodingSchema.optional(),
    otherProfessions: z.array(CodingSchema).optional(),
    savoirFaire: z.array(CodingSchema.extend({ type: z.string().nullable() })),
    serviceName: z.string().optional(),
    places: z
      .array(PlaceSchema)
      .openapi({ description: 'In an answer to a question with a place: the nearest to it first.' }),
    mailboxes: z.array(MailboxSchema),
    profile: ProfileViewSchema.optional(),
    expertise: ShownExpertiseSchema.optional(),
    team: ShownTeamSchema.optional(),
  })
  .openapi('Correspondent');

export type CorrespondentView = z.infer<typeof CorrespondentSchema>;

/** A correspondent as the API shows it: members that do not apply to its kind, or that nothing states, are absent. */
export function toCorrespondentView(it: Correspondent, now: Date): CorrespondentView {
  return {
    id: it.id,
    kind: it.kind,
    name: it.name,
    ...(it.familyName === null ? {} : { familyName: it.familyName }),
    ...(it.givenNames === null ? {} : { givenNames: it.givenNames }),
    ...(it.rpps === null ? {} : { rpps: it.rpps }),
    ...(it.profession === null ? {} : { profession: it.profession }),
    ...(it.otherProfessions.length === 0 ? {} : { otherProfessions: it.otherProfessions }),
    savoirFaire: it.savoirFaire,
    ...(it.serviceName === null ? {} : { serviceName: it.serviceName }),
    places: it.places.map(toPlaceView),
    mailboxes: it.mailboxes.map(({ address, type, lastOpenedOn, channels }) => ({
      address,
      type,
      status: mailboxStatusAt(lastOpenedOn, now),
      ...(channels === undefined ? {} : { channels }),
    })),
    ...(it.profile === undefined ? {} : { profile: toProfileView(it.profile, now) }),
    ...(it.expertise && { expertise: toExpertiseView(it.expertise) }),
    ...(it.team && { team: toTeamView(it.team) }),
  };
}

function toPlaceView(place: Place): CorrespondentView['places'][number] {
  return {
    organization: place.organization,
    address: place.address,
    postcode: place.postcode,
    commune: place.commune,
    departement: place.departement,
    country: place.country,
    phone: place.phone,
    modeExercice: place.modeExercice,
    position: place.position,
  };
}
