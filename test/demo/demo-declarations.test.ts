import { expect, test } from 'vitest';

import { ExpertiseSchema } from '#domain/expertise.ts';
import { ResourceTeamSchema } from '#domain/resource-team.ts';

import { DeclarationInventor } from '../../src/demo/demo-declarations.ts';
import { DEMO_ORGANIZATION, DEMO_TERRITORY } from '../../src/demo/demo-people.ts';
import { LE_PUY, service } from '../search/sample-correspondents.ts';

const HOSPITAL = {
  ...LE_PUY.organization!,
  id: DEMO_ORGANIZATION,
  category: { code: '355', label: 'Centre hospitalier (CH)' },
};

test('the demonstration declares experts and teams as anybody could, the same ones at each start', () => {
  const invent = () => {
    const inventor = new DeclarationInventor();
    for (const serviceName of ['DERMATOLOGIE', 'GERIATRIE', 'ADMISSIONS'])
      inventor.meet(
        service(`${serviceName.toLowerCase()}@ch.mssante.fr`, serviceName, {
          ...LE_PUY,
          organization: HOSPITAL,
        }),
      );
    return inventor.invent();
  };
  const invented = invent();
  expect(invent()).toStrictEqual(invented);
  expect(new Set(invented.map((it) => it.kind))).toEqual(new Set(['expert', 'team']));
  for (const { kind, content } of invented)
    expect((kind === 'expert' ? ExpertiseSchema : ResourceTeamSchema).parse(content)).toEqual(content);
  const skin = invented.find((it) => it.kind === 'expert' && it.content.domain === 'dermatologie');
  expect(skin!.content.mailbox).toBe('dermatologie@ch.mssante.fr');
  expect(invented.some((it) => it.owner.territoryId === DEMO_TERRITORY.id)).toBe(true);
});
