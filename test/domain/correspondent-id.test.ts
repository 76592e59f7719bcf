import { describe, expect, it } from 'vitest';
import {
  parseCorrespondentId,
  toProfessionalId,
  toServiceId,
  toUnidentifiedProfessionalId,
} from '#domain/correspondent-id.ts';

describe('correspondent ids', () => {
  const addresses = [
    'cardio@ch-lepuy.mssante.fr',
    'a_b@c.mssante.fr',
    "o'neil+x@medecin.mssante.fr",
    '_40@x.fr',
    "!#$%&'*+/=?^_`{|}~.-@x.fr",
  ];

  it.each(addresses)('%s comes back from a service id and from a professional id', (address) => {
    expect(parseCorrespondentId(toServiceId(address))).toEqual({ kind: 'service', key: address });
    expect(parseCorrespondentId(toUnidentifiedProfessionalId(address))).toEqual({
      kind: 'professional',
      key: address,
    });
  });

  it('a national identifier comes back from its id', () => {
    expect(toProfessionalId('810003461033')).toBe('professional-810003461033');
    expect(parseCorrespondentId('professional-810003461033')).toEqual({
      kind: 'professional',
      key: '810003461033',
    });
  });

  it('ids hold nothing but letters, digits, hyphen and underscore', () => {
    for (const address of addresses) expect(toServiceId(address)).toMatch(/^[A-Za-z0-9_-]+$/);
  });

  it('different addresses have different ids', () => {
    expect(new Set(['a.b@x.fr', 'a_b@x.fr', 'a-b@x.fr', 'a_2eb@x.fr'].map(toServiceId)).size).toBe(4);
  });

  it('the longest address has an id that comes back', () => {
    const address = `${'.'.repeat(64)}@${'a'.repeat(186)}.fr`;
    expect(parseCorrespondentId(toServiceId(address))).toEqual({ kind: 'service', key: address });
  });

  it.each(['', 'professional', 'professional-', 'patient-1', 'service-a@b.fr', 'service-a b', 'Service-1'])(
    '%j is no id',
    (id) => {
      expect(parseCorrespondentId(id)).toBeUndefined();
    },
  );
});
