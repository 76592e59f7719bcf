import type { Correspondent, Place } from '#domain/correspondent.ts';
import { toDayLine, toHoursLine } from '#domain/hours-line.ts';
import { WAYS_OF_PRACTISING } from '#domain/practising.ts';
import { DAYS_OF_WEEK, type HomeVisitArea, type PlaceHours, type Profile } from '#domain/profile.ts';

import { toCommunesText } from './communes-field.ts';
import type { FormValues } from './form-values.ts';

/** The places of practice that have a name of their own, each once: hours are of a place. */
export function listPlaces({ places }: Correspondent): (Place & {
  organization: NonNullable<Place['organization']>;
})[] {
  const seen = new Set<string>();
  return places.flatMap((place) => {
    const { organization } = place;
    if (organization === null || seen.has(organization.id)) return [];
    seen.add(organization.id);
    return [{ ...place, organization }];
  });
}

const FIELD = new RegExp(
  `^(?:version|rpps|acts|ownWords|equipment|languages|accessibility|preferredMailbox|remarks|area\\.(?:communes|radius)` +
    `|ways\\.(?:${WAYS_OF_PRACTISING.join('|')})|keep\\.[\\w.]{1,60}` +
    `|hours\\.\\d{1,2}\\.(?:place|mode|line|${DAYS_OF_WEEK.join('|')}|closed\\.\\d{1,2}\\.(?:start|end|description))` +
    `|sending\\.\\d{1,2}\\.(?:what|where))$`,
);

/** Whether a field is one of the form of a page. */
export function isPageField(name: string): boolean {
  return FIELD.test(name);
}

/** What a page says, as its form shows it. Absences have a form of their own. */
export function toPageValues(profile: Profile, person: Correspondent): FormValues {
  const { ways = {}, homeVisitArea: area, sending = [] } = profile;
  return {
    ...Object.fromEntries(
      WAYS_OF_PRACTISING.map((way) => [`ways.${way}`, [ways[way] === undefined ? '' : String(ways[way])]]),
    ),
    acts: profile.acts ?? [],
    ownWords: [(profile.ownWords ?? []).join('\n')],
    equipment: [(profile.equipment ?? []).join('\n')],
    languages: profile.languages ?? [],
    accessibility: profile.accessibility ?? [],
    ...Object.fromEntries(
      listPlaces(person).flatMap(({ organization: { id } }, index) =>
        toHoursValues(
          `hours.${index}`,
          id,
          (profile.hours ?? []).find((it) => it.organizationId === id),
        ),
      ),
    ),
    ...toAreaValues(area),
    preferredMailbox: [profile.preferredMailbox ?? ''],
    ...Object.fromEntries(
      sending.flatMap(({ what, where }, index) => [
        [`sending.${index}.what`, [what]],
        [`sending.${index}.where`, [where]],
      ]),
    ),
    remarks: [profile.remarks ?? ''],
  };
}

export function toAreaValues(area: HomeVisitArea | undefined): FormValues {
  return {
    'area.communes': [toCommunesText(area?.communeCodes ?? [])],
    'area.radius': [area?.radiusKm === undefined ? '' : String(area.radiusKm)],
  };
}

function toHoursValues(group: string, placeId: string, hours: PlaceHours | undefined): [string, string[]][] {
  const times = hours?.availableTime ?? [];
  return [
    [`${group}.place`, [placeId]],
    [`${group}.mode`, ['line']],
    [`${group}.line`, [toHoursLine(times)]],
    ...DAYS_OF_WEEK.map((day): [string, string[]] => [`${group}.${day}`, [toDayLine(times, day)]]),
    ...(hours?.notAvailable ?? []).flatMap(({ description, during }, index): [string, string[]][] => [
      [`${group}.closed.${index}.start`, [during.start]],
      [`${group}.closed.${index}.end`, [during.end]],
      [`${group}.closed.${index}.description`, [description]],
    ]),
  ];
}

/** Values kept a while ago, with the hours of each place where the form has that place now. */
export function alignPlaces(values: FormValues, person: Correspondent): FormValues {
  const groups = new Map(
    Object.entries(values).flatMap(([name, [id = '']]) => {
      const group = /^(hours\.\d{1,2})\.place$/.exec(name)?.[1];
      return group === undefined ? [] : [[id, group] as const];
    }),
  );
  const others = Object.entries(values).filter(([name]) => !name.startsWith('hours.'));
  const hours = listPlaces(person).flatMap(({ organization: { id } }, index) => {
    const group = groups.get(id);
    if (group === undefined) return [];
    return Object.entries(values).flatMap(([name, texts]) =>
      name.startsWith(`${group}.`) ? [[`hours.${index}${name.slice(group.length)}`, texts] as const] : [],
    );
  });
  return Object.fromEntries([...others, ...hours]);
}
