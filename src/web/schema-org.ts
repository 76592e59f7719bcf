import { raw } from 'hono/html';

import type { Correspondent } from '#domain/correspondent.ts';
import type { AvailableTime, Profile } from '#domain/profile.ts';

import { pagePath, toDoesLine } from './correspondent-words.ts';
import { listAreaNames } from './declared/declared-words.ts';
import { toActLabels } from './profile-words.ts';

/** A correspondent for search engines, as a block of data that a page's policy does not take for a script. */
export function renderSchemaOrg(it: Correspondent, origin: string) {
  const isPerson = it.kind === 'professional';
  const data = {
    '@context': 'https://schema.org',
    '@type': isPerson ? 'Person' : 'MedicalOrganization',
    '@id': `${origin}${pagePath(it.id)}`,
    name: it.name,
    ...(isPerson ? { jobTitle: toDoesLine(it) || undefined } : { description: it.serviceName ?? undefined }),
    ...(it.familyName ? { familyName: it.familyName } : {}),
    ...(it.givenNames ? { givenName: it.givenNames } : {}),
    ...(it.profile ? toSaid(it.profile) : {}),
    ...toDeclared(it),
    [isPerson ? 'workLocation' : 'location']: it.places.map((place) => ({
      '@type': 'Place',
      name: place.organization?.name ?? undefined,
      telephone: place.phone ?? undefined,
      address: {
        '@type': 'PostalAddress',
        streetAddress: place.address ?? undefined,
        postalCode: place.postcode ?? undefined,
        addressLocality: place.commune?.name,
        addressCountry: place.country === null ? 'FR' : undefined,
      },
      ...toOpenings(it.profile, place.organization?.id),
    })),
  };
  const text = JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return raw(`<script type="application/ld+json">${text}</script>`);
}

function toSaid(profile: Profile) {
  const acts = toActLabels(profile);
  return {
    knowsLanguage: profile.languages,
    knowsAbout: acts.length > 0 ? acts : undefined,
  };
}

function toDeclared({ expertise, team }: Correspondent) {
  const said = expertise ?? team;
  if (said === undefined) return {};
  return {
    description: [...(expertise?.answers ?? team?.missions ?? [])].join(' · '),
    areaServed: listAreaNames(said.area),
    knowsAbout: expertise?.domain.label,
    ...(team?.hours && { openingHoursSpecification: team.hours.map(toOpening) }),
  };
}

/** @see https://schema.org/openingHoursSpecification */
function toOpenings(profile: Profile | undefined, organizationId: string | undefined) {
  const hours = profile?.hours?.find((it) => it.organizationId === organizationId);
  if (hours === undefined) return {};
  return {
    openingHoursSpecification: hours.availableTime.map(toOpening),
  };
}

function toOpening(it: AvailableTime) {
  return {
    '@type': 'OpeningHoursSpecification',
    dayOfWeek: it.daysOfWeek.map((day) => `https://schema.org/${DAYS[day]}`),
    opens: it.allDay ? '00:00' : it.availableStartTime,
    closes: it.allDay ? '23:59' : it.availableEndTime,
  };
}

const DAYS = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
} as const;
